/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "upgrade.h"

#include <string.h>

#include <curl/curl.h>
#include <sys/random.h>

#include "error.h"

/* What the server mixes into the key (RFC 6455, section 1.3). */
#define KEY_SUFFIX "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

/* RFC 6455, section 4.1: a key is 16 random bytes. */
#define KEY_BYTES 16

/* An answer's head has some hundred bytes; a server that goes on for ever is not waited for. */
#define MAX_HEAD_BYTES (16 * 1024)

char *
onc_upgrade_make_key (void)
{
  guint8 bytes[KEY_BYTES];

  /* As few bytes as these come whole and at once (getrandom(2)) */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("no entropy for a key");
  return g_base64_encode (bytes, sizeof bytes);
}

char *
onc_upgrade_make_request (const char *url, const char *key, const char *user_agent)
{
  CURLU *parsed = curl_url ();
  char *host = NULL;
  char *port = NULL;
  char *path = NULL;
  char *query = NULL;
  char *request;

  curl_url_set (parsed, CURLUPART_URL, url, 0);
  curl_url_get (parsed, CURLUPART_HOST, &host, 0);
  curl_url_get (parsed, CURLUPART_PORT, &port, CURLU_NO_DEFAULT_PORT);
  curl_url_get (parsed, CURLUPART_PATH, &path, 0);
  curl_url_get (parsed, CURLUPART_QUERY, &query, 0);
  request = g_strdup_printf ("GET %s%s%s HTTP/1.1\r\n"
                             "Host: %s%s%s\r\n"
                             "Upgrade: websocket\r\n"
                             "Connection: Upgrade\r\n"
                             "Sec-WebSocket-Key: %s\r\n"
                             "Sec-WebSocket-Version: 13\r\n"
                             "User-Agent: %s\r\n"
                             "\r\n",
                             path, query != NULL ? "?" : "", query != NULL ? query : "", host,
                             port != NULL ? ":" : "", port != NULL ? port : "", key, user_agent);
  curl_free (host);
  curl_free (port);
  curl_free (path);
  curl_free (query);
  curl_url_cleanup (parsed);

  return request;
}

/* Returns: (transfer full): what a server that understood @key says. */
static char *
make_accept (const char *key)
{
  g_autoptr (GChecksum) sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (sha1, (const guchar *) key, -1);
  g_checksum_update (sha1, (const guchar *) KEY_SUFFIX, -1);
  g_checksum_get_digest (sha1, digest, &length);
  return g_base64_encode (digest, length);
}

/* Returns: (transfer none) (nullable): the value of the header @name, with its white space. */
static const char *
find_header (char **lines, const char *name)
{
  gsize length = strlen (name);

  for (guint i = 1; lines[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
        return lines[i] + length + 1;
    }

  return NULL;
}

/* Whether one of the words that the header @name lists is @word, in any case. */
static gboolean
header_has_word (char **lines, const char *name, const char *word)
{
  const char *value = find_header (lines, name);
  g_auto (GStrv) words = value != NULL ? g_strsplit (value, ",", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (g_strstrip (words[i]), word) == 0)
        return TRUE;
    }

  return FALSE;
}

/* @line: (nullable). Returns: the status of an HTTP/1.1 status line, 0 where it is none. */
static guint
read_status (const char *line)
{
  static const char version[] = "HTTP/1.1 ";
  guint64 status;

  if (line == NULL || !g_str_has_prefix (line, version))
    return 0;
  status = g_ascii_strtoull (line + strlen (version), NULL, 10);
  return status <= 999 ? (guint) status : 0;
}

static OncUpgradeOutcome
refuse (GError **error, const char *reason)
{
  g_set_error (error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED, "Slack gave no socket: %s", reason);
  return ONC_UPGRADE_REFUSED;
}

OncUpgradeOutcome
onc_upgrade_read_answer (
    const char *bytes, gsize length, const char *key, gsize *used, GError **error)
{
  const char *end = memmem (bytes, length, "\r\n\r\n", 4);
  g_autofree char *head = NULL;
  g_autofree char *accept = NULL;
  g_autofree char *given = NULL;
  g_auto (GStrv) lines = NULL;
  guint status;

  if (end == NULL || end - bytes > MAX_HEAD_BYTES)
    return length <= MAX_HEAD_BYTES ? ONC_UPGRADE_INCOMPLETE
                                    : refuse (error, "its answer has no end");

  head = g_strndup (bytes, end - bytes);
  lines = g_strsplit (head, "\r\n", -1);
  status = read_status (lines[0]);
  if (status == 0)
    return refuse (error, "its answer is no HTTP/1.1");
  if (status != 101)
    {
      g_autofree char *reason = g_strdup_printf ("its answer has the status %u", status);

      return refuse (error, reason);
    }

  accept = make_accept (key);
  if (!header_has_word (lines, "Upgrade", "websocket") ||
      !header_has_word (lines, "Connection", "upgrade"))
    return refuse (error, "its answer does not upgrade the connection");
  given = g_strdup (find_header (lines, "Sec-WebSocket-Accept"));
  if (given == NULL || !g_str_equal (g_strstrip (given), accept))
    return refuse (error, "its answer is to another request");
  /* We asked for none, so its frames would mean something else */
  if (find_header (lines, "Sec-WebSocket-Extensions") != NULL ||
      find_header (lines, "Sec-WebSocket-Protocol") != NULL)
    return refuse (error, "its answer has an extension that was not asked for");

  *used = end + 4 - bytes;
  return ONC_UPGRADE_ACCEPTED;
}
