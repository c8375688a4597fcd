/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "reference.h"

#include "error.h"
#include "message.h"

#include <glib/gi18n.h>
#include <string.h>

/* In a permalink a timestamp stands without its dot, which comes before the last six digits:
 * "p1700000000000100" is 1700000000.000100, as in chat.getPermalink's documented examples. */
#define TS_DECIMALS 6

void
onc_reference_clear (OncReference *self)
{
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->ts, g_free);
}

static gboolean
read_message (OncReference *self, const char *channel, gsize channel_length, const char *ts)
{
  if (channel_length > 0 && channel[0] == '#')
    {
      channel++;
      channel_length--;
    }
  if (channel_length == 0 || onc_ts_to_instant (ts) == 0)
    return FALSE;

  self->channel = g_strndup (channel, channel_length);
  self->ts = g_strdup (ts);
  return TRUE;
}

/* https://WORKSPACE/archives/CHANNEL/pDIGITS, with ?thread_ts=TS where it is a reply. */
static gboolean
read_permalink (OncReference *self, GUri *uri)
{
  g_auto (GStrv) parts = g_strsplit (g_uri_get_path (uri), "/", -1);
  g_autoptr (GHashTable) query = NULL;
  g_autofree char *ts = NULL;
  const char *root_ts = NULL;
  gsize digits;

  if (g_strv_length (parts) != 4 || !g_str_equal (parts[1], "archives") || parts[3][0] != 'p')
    return FALSE;
  digits = strlen (parts[3] + 1);
  if (digits <= TS_DECIMALS)
    return FALSE;
  ts = g_strdup_printf ("%.*s.%s", (int) (digits - TS_DECIMALS), parts[3] + 1,
                        parts[3] + 1 + digits - TS_DECIMALS);

  if (g_uri_get_query (uri) != NULL)
    query = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL);
  if (query != NULL)
    root_ts = g_hash_table_lookup (query, "thread_ts");

  return read_message (self, parts[2], strlen (parts[2]), root_ts != NULL ? root_ts : ts);
}

gboolean
onc_reference_read (OncReference *self, const char *string, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (string, G_URI_FLAGS_NONE, NULL);
  const char *slash = strrchr (string, '/');
  guint64 number;

  *self = (OncReference){ 0 };
  if (g_ascii_string_to_unsigned (string, 10, 1, G_MAXUINT32, &number, NULL))
    {
      self->number = (guint32) number;
      return TRUE;
    }
  if (uri != NULL
          ? read_permalink (self, uri)
          : slash != NULL && read_message (self, string, (gsize) (slash - string), slash + 1))
    return TRUE;

  g_set_error (error, ONC_ERROR, ONC_ERROR_INVALID_ARGUMENT,
               _ ("“%s” is no thread: write its number, its permalink, or CHANNEL/ts"), string);
  return FALSE;
}
