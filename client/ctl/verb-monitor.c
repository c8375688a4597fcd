/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* monitor: a line for each alert and change, until interrupted. */

#include "verbs.h"

#include "dictionary.h"
#include "json.h"
#include "moment.h"
#include "names.h"
#include "onc-dbus.h"
#include "promise-view.h"
#include "template.h"
#include "text.h"
#include "thread-view.h"
#include "value.h"
#include "watch.h"

#include <glib/gi18n.h>
#include <stdio.h>

typedef struct
{
  OncCommand *command;   /* (unowned) */
  OncTemplate *template; /* (unowned) (nullable) */
} Monitor;

/* What a template can name beside the properties. */
static const OncField fields[] = {
  { "time", "time", "x" },   { "event", "event", "s" }, { "kind", "kind", "s" },
  { "due", "NextDue", "x" }, { NULL, NULL, NULL },
};

/* One line of the output. */
typedef struct
{
  const char *event;    /* "alert", "changed", "appeared", "gone" or "daemon" */
  const char *kind;     /* (nullable) of an alert */
  const char *level;    /* (nullable) */
  guint32 number;       /* of the thread; 0: it is about the rota as a whole */
  GVariant *properties; /* (nullable) a{sv} */
  gboolean running;     /* of the daemon */
} Line;

static void
print_json (const Monitor *self, const Line *line)
{
  g_autofree char *now = onc_moment_rfc3339 (g_get_real_time ());
  g_autoptr (cJSON) json = cJSON_CreateObject ();

  cJSON_AddStringToObject (json, "time", now);
  cJSON_AddStringToObject (json, "event", line->event);
  if (line->number != 0)
    cJSON_AddNumberToObject (json, "number", line->number);
  if (line->kind != NULL)
    cJSON_AddStringToObject (json, "kind", line->kind);
  if (line->level != NULL)
    cJSON_AddStringToObject (json, "level", line->level);
  if (line->properties != NULL)
    cJSON_AddItemToObject (json, "properties", onc_json_from_variant (line->properties));
  if (g_str_equal (line->event, "daemon"))
    cJSON_AddBoolToObject (json, "running", line->running);
  onc_json_print (json, self->command->json);
}

/* Returns: (transfer full): the value of a changed property, for a person. */
static char *
describe_value (GVariant *properties, const char *key, GVariant *value)
{
  g_autofree char *text = NULL;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    text = onc_value_describe (properties, key, value);
  else if (g_variant_get_int64 (value) != 0)
    text = onc_moment_local (g_variant_get_int64 (value), g_get_real_time ());

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : g_strdup (_ ("none"));
}

/* Returns: (transfer full): "State=looking Lookers=Bea". */
static char *
describe_changes (GVariant *properties)
{
  GString *out = g_string_new (NULL);
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      g_autofree char *description = describe_value (properties, key, value);

      g_string_append_printf (out, "%s%s=%s", out->len > 0 ? " " : "", key, description);
      g_variant_unref (value);
    }

  return g_string_free (out, FALSE);
}

/* Returns: (transfer full): "Ada: the export is wrong", and before it the promise that an alert is
 * about. */
static char *
describe_thread (GVariant *properties)
{
  g_autoptr (GVariant) promise = g_variant_lookup_value (properties, ONC_ALERT_KEY_PROMISE,
                                                         G_VARIANT_TYPE_VARDICT);
  g_autofree char *promised = promise != NULL
                                  ? onc_promise_view_describe (promise, g_get_real_time ())
                                  : NULL;

  return g_strdup_printf ("%s%s%s: %s", promised != NULL ? promised : "",
                          promised != NULL ? "; " : "",
                          onc_dictionary_get_string (properties, "AskerName"),
                          onc_dictionary_get_string (properties, "Text"));
}

/* Returns: (transfer full): what is to be said of @line besides its event. */
static char *
describe (const Line *line)
{
  if (g_str_equal (line->event, "daemon"))
    return g_strdup (
        line->running ? _ ("oncalld is running")
                      : _ ("oncalld is not running; “systemctl --user start oncalld” starts it"));
  if (line->properties == NULL)
    return g_strdup ("");
  if (g_str_equal (line->event, "changed"))
    return describe_changes (line->properties);

  return describe_thread (line->properties);
}

static void
print_text (const Monitor *self, const Line *line)
{
  const char *level = line->level != NULL ? line->level : "";
  const char *colour = self->command->colour && line->level != NULL ? onc_thread_view_colour (level)
                                                                    : NULL;
  g_autofree char *description = describe (line);
  g_autofree char *number = line->number != 0 ? g_strdup_printf ("%" G_GUINT32_FORMAT, line->number)
                                              : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%5s  %-15s  %-9s  %s", number,
                                           line->kind != NULL ? line->kind : line->event, level,
                                           description);
  g_autofree char *visible = onc_text_visible (g_strchomp (text));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S");

  printf ("%s %s%s%s\n", time, colour != NULL ? colour : "", visible,
          colour != NULL ? ONC_COLOUR_END : "");
}

static void
print_formatted (const Monitor *self, const Line *line)
{
  g_autofree char *text = NULL;
  GVariantDict values;
  g_autoptr (GVariant) dictionary = NULL;

  g_variant_dict_init (&values, line->properties);
  g_variant_dict_insert (&values, "time", "x", g_get_real_time ());
  g_variant_dict_insert (&values, "event", "s", line->event);
  if (line->kind != NULL)
    g_variant_dict_insert (&values, "kind", "s", line->kind);
  if (line->level != NULL)
    g_variant_dict_insert (&values, "Level", "s", line->level);
  if (line->number != 0)
    g_variant_dict_insert (&values, "Number", "u", line->number);
  dictionary = g_variant_ref_sink (g_variant_dict_end (&values));
  text = onc_template_fill (self->template, dictionary, self->command->colour);
  puts (text);
}

static void
print_line (const Monitor *self, const Line *line)
{
  if (self->command->quiet)
    return;

  if (self->template != NULL)
    print_formatted (self, line);
  else if (self->command->json != ONC_JSON_OFF)
    print_json (self, line);
  else
    print_text (self, line);
  fflush (stdout);
}

static void
on_alert (const Monitor *self, GVariant *parameters)
{
  Line line = { .event = "alert" };
  const char *path;

  g_variant_get (parameters, "(&o&s&s@a{sv})", &path, &line.kind, &line.level, &line.properties);
  line.number = onc_thread_path_number (path);
  print_line (self, &line);
  g_variant_unref (line.properties);
}

static void
on_properties_changed (const Monitor *self, const char *path, GVariant *parameters)
{
  Line line = { .event = "changed", .number = onc_thread_path_number (path) };

  g_variant_get (parameters, "(&s@a{sv}@as)", NULL, &line.properties, NULL);
  print_line (self, &line);
  g_variant_unref (line.properties);
}

static void
on_interfaces_added (const Monitor *self, GVariant *parameters)
{
  Line line = { .event = "appeared" };
  g_autoptr (GVariant) interfaces = NULL;
  const char *path;

  g_variant_get (parameters, "(&o@a{sa{sv}})", &path, &interfaces);
  line.number = onc_thread_path_number (path);
  line.properties = g_variant_lookup_value (interfaces, ONC_BUS_THREAD, G_VARIANT_TYPE_VARDICT);
  if (line.properties == NULL)
    return;

  line.level = onc_dictionary_get_string (line.properties, "Level");
  print_line (self, &line);
  g_variant_unref (line.properties);
}

static void
on_interfaces_removed (const Monitor *self, GVariant *parameters)
{
  const char *path;

  g_variant_get (parameters, "(&o@as)", &path, NULL);
  print_line (self, &(Line){ .event = "gone", .number = onc_thread_path_number (path) });
}

/* An OncWatcher.signal. */
static void
on_signal (gpointer data, const char *path, const char *name, GVariant *parameters)
{
  const Monitor *self = data;

  if (g_str_equal (name, ONC_BUS_MANAGER ".Alert") &&
      g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ossa{sv})")))
    on_alert (self, parameters);
  else if (g_str_equal (name, ONC_DBUS_PROPERTIES ".PropertiesChanged") &&
           g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    on_properties_changed (self, path, parameters);
  else if (g_str_equal (name, ONC_DBUS_OBJECT_MANAGER ".InterfacesAdded") &&
           g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sa{sv}})")))
    on_interfaces_added (self, parameters);
  else if (g_str_equal (name, ONC_DBUS_OBJECT_MANAGER ".InterfacesRemoved") &&
           g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oas)")))
    on_interfaces_removed (self, parameters);
}

/* An OncWatcher.daemon. */
static void
on_daemon (gpointer data, gboolean running)
{
  print_line (data, &(Line){ .event = "daemon", .running = running });
}

OncExit
onc_verb_monitor (OncCommand *command, GError **error)
{
  static const OncWatcher watcher = { .daemon = on_daemon, .signal = on_signal };
  g_autoptr (OncTemplate) template = NULL;
  Monitor self = { .command = command };

  if (command->format != NULL)
    {
      template = onc_template_new (command->format, onc_dbus_thread_interface_info (), fields,
                                   error);
      if (template == NULL)
        return ONC_EXIT_FAILED;
    }
  self.template = template;

  return onc_watch_run (command, &watcher, &self, error);
}
