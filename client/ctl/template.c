/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "template.h"

#include "dictionary.h"
#include "moment.h"
#include "onc-dbus.h"
#include "text.h"
#include "thread-view.h"
#include "value.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is needed to fill one template. */
typedef struct
{
  GVariant *dictionary; /* (unowned) */
  gboolean colour;
  OncInstant now;
} Filling;

typedef struct _Call Call;

typedef struct
{
  const char *name;
  const char *type; /* (nullable) of the field, which has to come as it is; NULL: any text */
  char *(*describe) (GVariant *value, const Filling *filling); /* (nullable) where it has a type */
  char *(*change) (const char *text, const Call *call, const Filling *filling); /* where not */
  gboolean (*read_argument) (Call *call, const char *argument); /* (nullable) NULL: takes none */
} Function;

/* One function that a field goes through. */
struct _Call
{
  const Function *function;
  guint columns;      /* of truncate */
  const char *colour; /* (nullable) of color; NULL: that of the level */
};

/* A piece of the template. */
typedef struct
{
  char *literal;    /* (owned) (nullable) NULL: a field ... */
  OncField field;   /* ... this one ... */
  char *field_name; /* (owned) (nullable) ... which owns its name here where nobody else does */
  GArray *calls;    /* (owned) of Call */
} Part;

struct _OncTemplate
{
  GArray *parts; /* (owned) of Part */
};

static char *
describe_relative (GVariant *value, const Filling *filling)
{
  return onc_moment_relative (g_variant_get_int64 (value), filling->now);
}

static char *
describe_local (GVariant *value, const Filling *filling)
{
  OncInstant instant = g_variant_get_int64 (value);

  return instant != 0 ? onc_moment_local (instant, filling->now) : g_strdup ("");
}

/* A picture for each word that has one; what has none stays a word. */
static char *
describe_emoji (GVariant *value, const Filling *filling)
{
  static const char *const pictures[][2] = {
    { "question", "💬" },      { "urgent", "⚠️" }, { "emergency", "🚨" }, { "overdue", "⏰" },
    { "open", "💬" },          { "idle", "✅" },        { "stale", "⏳" },     { "offline", "🔌" },
    { "new", "🆕" },           { "looking", "👀" },     { "resolved", "✅" },  { "dismissed", "🚫" },
    { "deleted", "🗑️" },
  };
  const char *word = g_variant_get_string (value, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      if (g_str_equal (pictures[i][0], word))
        return g_strdup (pictures[i][1]);
    }

  return g_strdup (word);
}

static char *
change_truncate (const char *text, const Call *call, const Filling *filling)
{
  return onc_text_shorten (text, call->columns);
}

static gboolean
read_columns (Call *call, const char *argument)
{
  guint64 columns;

  if (!g_ascii_string_to_unsigned (argument, 10, 1, G_MAXINT, &columns, NULL))
    return FALSE;
  call->columns = (guint) columns;
  return TRUE;
}

/* Returns: (nullable): the colour of what the line is about: a thread's level, or how the rota
 * stands. */
static const char *
find_colour (GVariant *dictionary)
{
  const char *level = onc_dictionary_get_string (dictionary, "Level");
  const char *word = onc_dictionary_get_string (dictionary, "status");

  if (*level != '\0')
    return onc_thread_view_colour (level);
  if (g_str_equal (word, "emergency") || g_str_equal (word, "overdue"))
    return onc_thread_view_colour ("emergency");
  if (g_str_equal (word, "urgent") || g_str_equal (word, "stale") || g_str_equal (word, "offline"))
    return onc_thread_view_colour ("urgent");

  return NULL;
}

static char *
change_colour (const char *text, const Call *call, const Filling *filling)
{
  const char *colour = call->colour != NULL ? call->colour : find_colour (filling->dictionary);

  return colour != NULL && *text != '\0' && filling->colour
             ? g_strconcat (colour, text, ONC_COLOUR_END, NULL)
             : g_strdup (text);
}

static gboolean
read_colour (Call *call, const char *argument)
{
  static const char *const colours[][2] = {
    { "red", "\033[31m" },  { "green", "\033[32m" },   { "yellow", "\033[33m" },
    { "blue", "\033[34m" }, { "magenta", "\033[35m" }, { "cyan", "\033[36m" },
    { "bold", "\033[1m" },  { "dim", "\033[2m" },
  };

  for (gsize i = 0; *argument != '\0' && i < G_N_ELEMENTS (colours); i++)
    {
      if (g_str_equal (colours[i][0], argument))
        call->colour = colours[i][1];
    }

  return *argument == '\0' || call->colour != NULL;
}

static const Function functions[] = {
  { "relative", "x", describe_relative, NULL, NULL },
  { "local", "x", describe_local, NULL, NULL },
  { "emoji", "s", describe_emoji, NULL, NULL },
  { "truncate", NULL, NULL, change_truncate, read_columns },
  { "color", NULL, NULL, change_colour, read_colour },
};

static const Function *
find_function (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      if (g_str_equal (functions[i].name, name))
        return &functions[i];
    }

  return NULL;
}

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_free (part->literal);
  g_free (part->field_name);
  g_clear_pointer (&part->calls, g_array_unref);
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, arguments);
  va_end (arguments);

  return FALSE;
}

/* Returns: (transfer full): the names of all fields, for an error's sentence. */
static char *
list_fields (const GDBusInterfaceInfo *interface, const OncField *more)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (; more->name != NULL; more++)
    g_strv_builder_add (builder, more->name);
  for (guint i = 0; interface->properties[i] != NULL; i++)
    {
      g_autofree char *name = onc_value_snake_case (interface->properties[i]->name);

      g_strv_builder_add (builder, name);
    }
  names = g_strv_builder_end (builder);

  return g_strjoinv (", ", names);
}

static gboolean
find_field (Part *part,
            const char *name,
            const GDBusInterfaceInfo *interface,
            const OncField *more,
            GError **error)
{
  g_autofree char *known = NULL;

  for (const OncField *field = more; field->name != NULL; field++)
    {
      if (g_str_equal (field->name, name))
        {
          part->field = *field;
          return TRUE;
        }
    }
  for (guint i = 0; interface->properties[i] != NULL; i++)
    {
      const GDBusPropertyInfo *property = interface->properties[i];
      g_autofree char *snake_case = onc_value_snake_case (property->name);

      if (g_str_equal (snake_case, name))
        {
          part->field_name = g_steal_pointer (&snake_case);
          part->field = (OncField){ part->field_name, property->name, property->signature };
          return TRUE;
        }
    }

  known = list_fields (interface, more);
  return refuse (error, _ ("There is no field “%s”; there are %s"), name, known);
}

/* Reads "truncate(40)". */
static gboolean
read_call (Part *part, char *text, GError **error)
{
  char *open = strchr (text, '(');
  const char *argument = "";
  Call call = { 0 };
  guint position = part->calls->len;

  if (open != NULL && !g_str_has_suffix (text, ")"))
    return refuse (error, _ ("“%s” has no closing parenthesis"), text);
  if (open != NULL)
    {
      text[strlen (text) - 1] = '\0';
      *open = '\0';
      argument = g_strstrip (open + 1);
    }

  call.function = find_function (g_strstrip (text));
  if (call.function == NULL)
    return refuse (error,
                   _ ("There is no function “%s”; there are relative, local, emoji, truncate and "
                      "color"),
                   text);
  if (call.function->type != NULL &&
      (part->calls->len > 0 || !g_str_equal (call.function->type, part->field.type)))
    return refuse (error, _ ("“%s” comes first after a field of type %s; that of “%s” is %s"), text,
                   call.function->type, part->field.name, part->field.type);
  if (call.function->read_argument != NULL ? !call.function->read_argument (&call, argument)
                                           : *argument != '\0')
    return refuse (error, _ ("“%s” cannot take “%s”"), text, argument);

  /* Colours come last, wherever they stand: they take no columns, and must not be cut. */
  if (position > 0 &&
      g_array_index (part->calls, Call, position - 1).function->change == change_colour)
    position--;
  g_array_insert_val (part->calls, position, call);
  return TRUE;
}

/* Reads what stands between the braces. */
static gboolean
read_field (OncTemplate *self,
            const char *text,
            const GDBusInterfaceInfo *interface,
            const OncField *more,
            GError **error)
{
  g_auto (GStrv) pieces = g_strsplit (*text != '\0' ? text : " ", "|", -1);
  Part part = { .calls = g_array_new (FALSE, FALSE, sizeof (Call)) };
  gboolean readable = find_field (&part, g_strstrip (pieces[0]), interface, more, error);

  for (guint i = 1; readable && pieces[i] != NULL; i++)
    readable = read_call (&part, g_strstrip (pieces[i]), error);
  g_array_append_val (self->parts, part);

  return readable;
}

/* Takes @length bytes of @text as they are, but for \n, \t and \\. */
static void
add_literal (OncTemplate *self, const char *text, gsize length)
{
  GString *literal = g_string_sized_new (length);
  Part part = { 0 };

  for (gsize i = 0; i < length; i++)
    {
      char next = text[i] == '\\' && i + 1 < length ? text[i + 1] : '\0';

      if (next == 'n' || next == 't' || next == '\\')
        {
          g_string_append_c (literal, next == 'n' ? '\n' : next == 't' ? '\t' : '\\');
          i++;
        }
      else
        g_string_append_c (literal, text[i]);
    }
  part.literal = g_string_free (literal, FALSE);
  g_array_append_val (self->parts, part);
}

OncTemplate *
onc_template_new (const char *text,
                  const GDBusInterfaceInfo *interface,
                  const OncField *more,
                  GError **error)
{
  g_autoptr (OncTemplate) self = g_new0 (OncTemplate, 1);
  const char *open;

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  while ((open = strstr (text, "{{")) != NULL)
    {
      const char *close = strstr (open, "}}");
      g_autofree char *field = NULL;

      add_literal (self, text, (gsize) (open - text));
      if (close == NULL)
        {
          refuse (error, _ ("“%s” has no closing braces"), open);
          return NULL;
        }
      field = g_strndup (open + 2, (gsize) (close - open - 2));
      if (!read_field (self, field, interface, more, error))
        return NULL;
      text = close + 2;
    }
  add_literal (self, text, strlen (text));

  return g_steal_pointer (&self);
}

gboolean
onc_template_new_for_threads (const char *text, OncTemplate **template, GError **error)
{
  static const OncField fields[] = { { "due", "NextDue", "x" }, { NULL, NULL, NULL } };

  *template = NULL;
  if (text != NULL)
    *template = onc_template_new (text, onc_dbus_thread_interface_info (), fields, error);

  return text == NULL || *template != NULL;
}

void
onc_template_free (OncTemplate *self)
{
  g_array_unref (self->parts);
  g_free (self);
}

/* Returns: (transfer full): the field's value as its first function, if that wants it, or else the
 * field itself has it. @used: (out): how many functions are done with. */
static char *
describe_field (const Part *part, const Filling *filling, guint *used)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (filling->dictionary, part->field.key,
                                                       G_VARIANT_TYPE (part->field.type));
  const Call *first = part->calls->len > 0 ? &g_array_index (part->calls, Call, 0) : NULL;
  gboolean typed = first != NULL && first->function->type != NULL;
  char *text;

  *used = typed ? 1 : 0;
  if (value == NULL)
    return g_strdup ("");
  if (typed)
    return first->function->describe (value, filling);
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return onc_value_describe (filling->dictionary, part->field.key, value);

  text = onc_moment_rfc3339 (g_variant_get_int64 (value));
  return text != NULL ? text : g_strdup ("");
}

char *
onc_template_fill (const OncTemplate *self, GVariant *dictionary, gboolean colour)
{
  const Filling filling = { dictionary, colour, g_get_real_time () };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);
      g_autofree char *described = NULL;
      g_autofree char *text = NULL;
      guint j;

      if (part->literal != NULL)
        {
          g_string_append (out, part->literal);
          continue;
        }
      described = describe_field (part, &filling, &j);
      text = onc_text_one_line (described);
      for (; j < part->calls->len; j++)
        {
          const Call *call = &g_array_index (part->calls, Call, j);
          g_autofree char *before = g_steal_pointer (&text);

          text = call->function->change (before, call, &filling);
        }
      g_string_append (out, text);
    }

  return g_string_free (out, FALSE);
}
