/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "error.h"
#include "http.h"
#include "span.h"
#include "wall.h"

#include <gio/gio.h>
#include <string.h>

#define DEFAULTS "/org/oncalld1/defaults.conf"
#define NAME     "oncalld"

/* Reads the text of one setting into @config, at @field of it.
 * Returns: FALSE with @error saying what the text should have been. */
typedef gboolean (*Reader) (const char *text, gpointer field, GError **error);

static gboolean
bad (GError **error, const char *text, const char *allowed)
{
  g_set_error (error, ONC_ERROR, ONC_ERROR_CONFIG, "'%s' is not %s", text, allowed);
  return FALSE;
}

static gboolean
read_text (const char *text, gpointer field, GError **error)
{
  char **value = field;

  g_free (*value);
  *value = *text != '\0' ? g_strdup (text) : NULL;
  return TRUE;
}

static gboolean
read_url (const char *text, gpointer field, GError **error)
{
  char **value = field;

  if (!g_uri_is_valid (text, G_URI_FLAGS_NONE, NULL) ||
      (!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://")))
    return bad (error, text, "an address like https://slack.com/api/");
  if (!onc_http_check_url (text, error))
    return FALSE;
  g_free (*value);
  *value = g_str_has_suffix (text, "/") ? g_strdup (text) : g_strconcat (text, "/", NULL);
  return TRUE;
}

static gboolean
read_transport (const char *text, gpointer field, GError **error)
{
  OncTransport *value = field;

  if (g_str_equal (text, "auto"))
    *value = ONC_TRANSPORT_AUTO;
  else if (g_str_equal (text, "socket"))
    *value = ONC_TRANSPORT_SOCKET;
  else if (g_str_equal (text, "poll"))
    *value = ONC_TRANSPORT_POLL;
  else
    return bad (error, text, "one of auto, socket, poll");
  return TRUE;
}

/* At most one call a second is what Slack asks of its apps. */
static gboolean
read_interval (const char *text, gpointer field, GError **error)
{
  OncSpan interval;

  if (!onc_span_parse (text, &interval) || interval < 5 * ONC_SECOND || interval > ONC_HOUR)
    return bad (error, text, "a span from 5s to 1h");
  *(OncSpan *) field = interval;
  return TRUE;
}

static gboolean
read_list (const char *text, gpointer field, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GStrv *value = field;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) != '\0')
        g_strv_builder_add (builder, parts[i]);
    }
  g_strfreev (*value);
  *value = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_emoji (const char *text, gpointer field, GError **error)
{
  GStrv *value = field;

  if (!read_list (text, field, error))
    return FALSE;
  if (**value == NULL)
    return bad (error, text, "a list of at least one emoji, by name and without colons");
  return TRUE;
}

static gboolean
read_flag (const char *text, gpointer field, GError **error)
{
  gboolean *value = field;

  if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
    return bad (error, text, "one of true, false");
  *value = g_str_equal (text, "true");
  return TRUE;
}

static gboolean
read_span (const char *text, gpointer field, GError **error)
{
  if (!onc_span_parse (text, field))
    return bad (error, text, "a span like 90s, 15min, 1h 30min or 7d, nor off");
  return TRUE;
}

/* One leg of a schedule: "5min x6" or "15min". */
static gboolean
read_leg (const char *text, OncRepeatLeg *leg)
{
  const char *times = strrchr (text, 'x');
  g_autofree char *span = times != NULL ? g_strndup (text, (gsize) (times - text))
                                        : g_strdup (text);
  guint64 n_times = 0;

  if (times != NULL && !g_ascii_string_to_unsigned (times + 1, 10, 1, 1000, &n_times, NULL))
    return FALSE;
  leg->times = (guint) n_times;

  return onc_span_parse (g_strstrip (span), &leg->every) && leg->every > 0;
}

static gboolean
read_repeat (const char *text, gpointer field, GError **error)
{
  g_auto (GStrv) legs = g_strsplit (text, ",", -1);
  guint n_legs = g_strv_length (legs);
  OncRepeat repeat = { .n_legs = n_legs };
  gboolean good = n_legs > 0 && n_legs <= ONC_REPEAT_MAX_LEGS;

  if (g_str_equal (text, "off"))
    {
      *(OncRepeat *) field = (OncRepeat){ 0 };
      return TRUE;
    }
  for (guint i = 0; good && i < n_legs; i++)
    good = read_leg (g_strstrip (legs[i]), &repeat.legs[i]) &&
           (i == n_legs - 1 || repeat.legs[i].times != 0);
  if (!good)
    return bad (error, text,
                "a schedule like '5min x6, 15min' (only its last part without a number of times), "
                "nor off");
  *(OncRepeat *) field = repeat;
  return TRUE;
}

static gboolean
read_burst (const char *text, gpointer field, GError **error)
{
  OncConfig *config = field;
  g_auto (GStrv) parts = g_strsplit (text, " in ", 2);
  guint64 popups;

  if (g_str_equal (text, "off"))
    {
      config->burst_popups = 0;
      return TRUE;
    }
  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, 1000, &popups, NULL) ||
      !onc_span_parse (parts[1], &config->burst_span))
    return bad (error, text, "a number of popups and a span like '5 in 10s', nor off");
  config->burst_popups = (guint) popups;
  return TRUE;
}

/* "20% 2min-15min", into the three fields of an OncTimings. */
static gboolean
read_lead (const char *text, gpointer field, GError **error)
{
  OncTimings *timings = field;
  g_auto (GStrv) parts = g_strsplit_set (text, "% -", -1);
  OncSpan least, most;
  guint64 percent;

  if (g_str_equal (text, "off"))
    {
      timings->lead_percent = 0;
      return TRUE;
    }
  if (g_strv_length (parts) != 4 || *parts[1] != '\0' ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, 100, &percent, NULL) ||
      !onc_span_parse (parts[2], &least) || !onc_span_parse (parts[3], &most) || least > most)
    return bad (error, text, "a part of the span and its bounds, like '20% 2min-15min', nor off");
  timings->lead_percent = (guint) percent;
  timings->lead_min = least;
  timings->lead_max = most;
  return TRUE;
}

static gboolean
read_hours (const char *text, gpointer field, GError **error)
{
  g_autoptr (OncHours) hours = onc_hours_new_from_string (text, NULL);

  if (hours == NULL)
    return bad (error, text, "a schedule like 'Mon-Fri 09:00-17:00; Sat 10:00-14:00'");
  return read_text (text, field, error);
}

static gboolean
read_command (const char *text, gpointer field, GError **error)
{
  GStrv *value = field;
  g_auto (GStrv) argv = NULL;

  if (*text != '\0' && !g_shell_parse_argv (text, NULL, &argv, NULL))
    return bad (error, text, "a program with its arguments, quoted as in a shell");
  g_strfreev (*value);
  *value = g_steal_pointer (&argv);
  return TRUE;
}

static gboolean
read_zone (const char *text, gpointer field, GError **error)
{
  g_autoptr (GTimeZone) zone = *text != '\0' ? onc_wall_zone_new (text) : NULL;

  if (*text != '\0' && zone == NULL)
    return bad (error, text, "a time zone like Europe/Berlin");
  return read_text (text, field, error);
}

static const struct
{
  const char *group;
  const char *key;
  Reader reader;
  gsize offset;
} keys[] = {
#define FIELD(name) G_STRUCT_OFFSET (OncConfig, name)
#define HOOK(key, kind)                                                                            \
  {                                                                                                \
    "hooks", key, read_command, FIELD (hooks[kind])                                                \
  }
#define LEVEL_KEYS(group, level)                                                                   \
  { group, "target", read_span, FIELD (timings[level].target) },                                   \
      { group, "repeat", read_repeat, FIELD (timings[level].repeat) },                             \
      { group, "stale-claim", read_span, FIELD (timings[level].stale_claim) },                     \
      { group, "promise", read_span, FIELD (timings[level].promise) },                             \
      { group, "lead", read_lead, FIELD (timings[level]) },                                        \
      { group, "overdue", read_repeat, FIELD (timings[level].overdue) },                           \
      { group, "grace", read_span, FIELD (timings[level].grace) },                                 \
  {                                                                                                \
    group, "snooze-max", read_span, FIELD (timings[level].snooze_max)                              \
  }
  { "slack", "api-url", read_url, FIELD (api_url) },
  { "slack", "transport", read_transport, FIELD (transport) },
  { "slack", "poll-interval", read_interval, FIELD (poll_interval) },
  { "slack", "me", read_text, FIELD (me) },
  { "slack", "user-token-file", read_text, FIELD (user_token_file) },
  { "slack", "app-token-file", read_text, FIELD (app_token_file) },
  { "slack", "channels", read_list, FIELD (channels) },
  { "levels", "urgent", read_list, FIELD (tags[ONC_LEVEL_URGENT]) },
  { "levels", "emergency", read_list, FIELD (tags[ONC_LEVEL_EMERGENCY]) },
  { "people", "responders", read_list, FIELD (responders) },
  { "people", "bots", read_list, FIELD (bots) },
  { "emoji", "claim", read_emoji, FIELD (claim) },
  { "emoji", "resolved", read_emoji, FIELD (resolved) },
  LEVEL_KEYS ("question", ONC_LEVEL_QUESTION),
  LEVEL_KEYS ("urgent", ONC_LEVEL_URGENT),
  LEVEL_KEYS ("emergency", ONC_LEVEL_EMERGENCY),
  { "hours", "work", read_hours, FIELD (work) },
  { "hours", "timezone", read_zone, FIELD (timezone) },
  { "hours", "quiet", read_hours, FIELD (quiet) },
  { "notifications", "emergency-bypasses-dnd", read_flag, FIELD (emergency_bypasses_dnd) },
  { "notifications", "urgent-bypasses-quiet", read_flag, FIELD (urgent_bypasses_quiet) },
  { "notifications", "quieter-off-call", read_flag, FIELD (quieter_off_call) },
  { "notifications", "own-sound", read_flag, FIELD (own_sound) },
  { "notifications", "private", read_flag, FIELD (private_popups) },
  { "notifications", "burst", read_burst, 0 },
  HOOK ("opened", ONC_ALERT_OPENED),
  HOOK ("raised", ONC_ALERT_RAISED),
  HOOK ("unclaimed", ONC_ALERT_UNCLAIMED),
  HOOK ("claimed", ONC_ALERT_CLAIMED),
  HOOK ("stale-claim", ONC_ALERT_STALE_CLAIM),
  HOOK ("promise-lead", ONC_ALERT_PROMISE_LEAD),
  HOOK ("promise-due", ONC_ALERT_PROMISE_DUE),
  HOOK ("promise-overdue", ONC_ALERT_PROMISE_OVERDUE),
  HOOK ("promise-kept", ONC_ALERT_PROMISE_KEPT),
  HOOK ("promise-broken", ONC_ALERT_PROMISE_BROKEN),
  HOOK ("deadline-near", ONC_ALERT_DEADLINE_NEAR),
  HOOK ("deadline-passed", ONC_ALERT_DEADLINE_PASSED),
  HOOK ("resolved", ONC_ALERT_RESOLVED),
  { "history", "backfill", read_span, FIELD (backfill) },
  { "history", "keep-texts", read_span, FIELD (keep_texts) },
#undef HOOK
#undef LEVEL_KEYS
#undef FIELD
};

/* The group whose keys are the person's own: emoji=category. */
#define FREE_GROUP "categories"

/* Returns: (transfer full): the known groups, or the keys of @group, for an error's sentence. */
static char *
list_known (const char *group)
{
  GString *list = g_string_new (NULL);
  const char *last = FREE_GROUP;

  if (group == NULL)
    g_string_append (list, "[" FREE_GROUP "]");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (group == NULL && !g_str_equal (keys[i].group, last))
        g_string_append_printf (list, ", [%s]", last = keys[i].group);
      else if (group != NULL && g_str_equal (keys[i].group, group))
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", keys[i].key);
    }

  return g_string_free (list, FALSE);
}

static int
find_key (const char *group, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (g_str_equal (keys[i].group, group) && g_str_equal (keys[i].key, key))
        return (int) i;
    }

  return -1;
}

static gboolean
group_is_known (const char *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (g_str_equal (keys[i].group, group))
        return TRUE;
    }

  return g_str_equal (group, FREE_GROUP);
}

static void
setting_free (OncSetting *self)
{
  g_free (self->group);
  g_free (self->key);
  g_free (self->value);
  g_free (self->origin);
  g_free (self);
}

/* Returns: (nullable): the setting as it is in force so far. */
static OncSetting *
find_setting (const OncConfig *self, const char *group, const char *key)
{
  for (guint i = 0; i < self->settings->len; i++)
    {
      OncSetting *setting = g_ptr_array_index (self->settings, i);

      if (g_str_equal (setting->group, group) && g_str_equal (setting->key, key))
        return setting;
    }

  return NULL;
}

gboolean
onc_config_is_own (const OncConfig *self, const char *group, const char *key)
{
  const OncSetting *setting = find_setting (self, group, key);

  return setting != NULL && setting->origin != NULL;
}

/* Keeps the setting for showing, in the place of an earlier one. */
static void
record (OncConfig *self, const char *group, const char *key, const char *value, const char *origin)
{
  OncSetting *setting = find_setting (self, group, key);

  if (setting == NULL)
    {
      setting = g_new0 (OncSetting, 1);
      setting->group = g_strdup (group);
      setting->key = g_strdup (key);
      g_ptr_array_add (self->settings, setting);
    }
  g_free (setting->value);
  setting->value = g_strdup (value);
  g_free (setting->origin);
  setting->origin = g_strdup (origin);
}

static gboolean
take_setting (OncConfig *self,
              const char *group,
              const char *key,
              const char *value,
              const char *origin,
              GError **error)
{
  int known = find_key (group, key);

  if (g_str_equal (group, FREE_GROUP))
    {
      if (*value == '\0')
        g_hash_table_remove (self->categories, key);
      else
        g_hash_table_insert (self->categories, g_strdup (key), g_strdup (value));
    }
  else if (known < 0)
    {
      g_autofree char *allowed = list_known (group);

      g_set_error (error, ONC_ERROR, ONC_ERROR_CONFIG, "there is no such key; there are %s",
                   allowed);
      return FALSE;
    }
  else if (!keys[known].reader (value, (char *) self + keys[known].offset, error))
    {
      return FALSE;
    }
  record (self, group, key, value, origin);

  return TRUE;
}

static gboolean
take_group (OncConfig *self, GKeyFile *file, const char *group, const char *origin, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);

  if (!group_is_known (group))
    {
      g_autofree char *allowed = list_known (NULL);

      g_set_error (error, ONC_ERROR, ONC_ERROR_CONFIG, "the group [%s] is unknown; there are %s",
                   group, allowed);
      return FALSE;
    }
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, group, names[i], error);

      if (value == NULL || !take_setting (self, group, names[i], g_strstrip (value), origin, error))
        {
          g_prefix_error (error, "[%s] %s: ", group, names[i]);
          return FALSE;
        }
    }

  return TRUE;
}

/* @origin: the file's name, for errors; NULL: what is built in. */
static gboolean
take_file (OncConfig *self, const char *data, gsize length, const char *origin, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;
  GError *local_error = NULL;

  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, &local_error))
    {
      g_set_error (error, ONC_ERROR, ONC_ERROR_CONFIG, "%s: %s", origin, local_error->message);
      g_error_free (local_error);
      return FALSE;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (!take_group (self, file, groups[i], origin, error))
        {
          g_prefix_error (error, "%s: ", origin);
          return FALSE;
        }
    }

  return TRUE;
}

/* @needed: that there is no such file is an error. */
static gboolean
take_path (OncConfig *self, const char *path, gboolean needed, GError **error)
{
  g_autofree char *data = NULL;
  GError *local_error = NULL;
  gsize length;

  if (g_file_get_contents (path, &data, &length, &local_error))
    return take_file (self, data, length, path, error);
  if (!needed && g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_error_free (local_error);
      return TRUE;
    }
  g_set_error (error, ONC_ERROR, ONC_ERROR_CONFIG, "cannot read the configuration: %s",
               local_error->message);
  g_error_free (local_error);
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* @base/oncalld/oncalld.conf, and then its drop-ins in the order of their names. */
static gboolean
take_directory (OncConfig *self, const char *base, GError **error)
{
  g_autofree char *path = g_build_filename (base, NAME, NAME ".conf", NULL);
  g_autofree char *drop_ins = g_build_filename (base, NAME, NAME ".conf.d", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) directory = g_dir_open (drop_ins, 0, NULL);
  const char *name;

  if (!take_path (self, path, FALSE, error))
    return FALSE;
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      if (g_str_has_suffix (name, ".conf"))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *drop_in = g_build_filename (
          drop_ins, (const char *) g_ptr_array_index (names, i), NULL);

      if (!take_path (self, drop_in, TRUE, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_defaults (OncConfig *self, GError **error)
{
  g_autoptr (GBytes) defaults = g_resources_lookup_data (DEFAULTS, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                         error);

  return defaults != NULL && take_file (self, g_bytes_get_data (defaults, NULL),
                                        g_bytes_get_size (defaults), NULL, error);
}

OncConfig *
onc_config_load (const char *file, GError **error)
{
  const char *const *directories = g_get_system_config_dirs ();
  g_autoptr (OncConfig) self = g_new0 (OncConfig, 1);

  self->categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->tags[ONC_LEVEL_QUESTION] = g_new0 (char *, 1);
  self->settings = g_ptr_array_new_with_free_func ((GDestroyNotify) setting_free);
  if (!take_defaults (self, error))
    return NULL;
  if (file != NULL)
    return take_path (self, file, TRUE, error) ? g_steal_pointer (&self) : NULL;

  /* What comes later wins, so the least important comes first. */
  for (guint i = g_strv_length ((GStrv) directories); i > 0; i--)
    {
      if (!take_directory (self, directories[i - 1], error))
        return NULL;
    }
  if (!take_directory (self, g_get_user_config_dir (), error))
    return NULL;

  return g_steal_pointer (&self);
}

void
onc_config_free (OncConfig *self)
{
  g_free (self->api_url);
  g_free (self->me);
  g_free (self->user_token_file);
  g_free (self->app_token_file);
  g_strfreev (self->channels);
  for (guint i = 0; i < ONC_N_LEVELS; i++)
    g_strfreev (self->tags[i]);
  for (guint i = 0; i < ONC_N_ALERTS; i++)
    g_strfreev (self->hooks[i]);
  g_strfreev (self->responders);
  g_strfreev (self->bots);
  g_strfreev (self->claim);
  g_strfreev (self->resolved);
  g_free (self->work);
  g_free (self->timezone);
  g_free (self->quiet);
  g_clear_pointer (&self->categories, g_hash_table_unref);
  g_clear_pointer (&self->settings, g_ptr_array_unref);
  g_free (self);
}
