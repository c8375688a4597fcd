/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "upgrade.h"

#include <string.h>

#include "error.h"

/* The example of RFC 6455, section 1.3. */
#define KEY      "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT   "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
#define SWITCHES "HTTP/1.1 101 Switching Protocols\r\n"
#define UPGRADES "Upgrade: websocket\r\nConnection: Upgrade\r\n"

static void
test_the_request_names_all_that_the_server_needs (void)
{
  g_autofree char *request = onc_upgrade_make_request (
      "https://wss.example:8443/link/?ticket=a%2Fb&app_id=A1", KEY, "me/1");
  g_autofree char *bare = onc_upgrade_make_request ("http://[::1]", KEY, "me/1");

  g_assert_cmpstr (request, ==,
                   "GET /link/?ticket=a%2Fb&app_id=A1 HTTP/1.1\r\n"
                   "Host: wss.example:8443\r\n"
                   "Upgrade: websocket\r\n"
                   "Connection: Upgrade\r\n"
                   "Sec-WebSocket-Key: " KEY "\r\n"
                   "Sec-WebSocket-Version: 13\r\n"
                   "User-Agent: me/1\r\n"
                   "\r\n");
  g_assert_true (g_str_has_prefix (bare, "GET / HTTP/1.1\r\nHost: [::1]\r\n"));
}

static void
test_keys_are_fresh_and_of_the_right_length (void)
{
  g_autofree char *key = onc_upgrade_make_key ();
  g_autofree char *other = onc_upgrade_make_key ();
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (key, &length);

  g_assert_nonnull (bytes);
  g_assert_cmpuint (length, ==, 16);
  g_assert_cmpstr (key, !=, other);
}

static void
test_an_accepting_answer_is_told_from_the_frames_behind_it (void)
{
  const char *const answers[] = {
    SWITCHES UPGRADES ACCEPT "\r\n\x81\x01x",
    "HTTP/1.1 101\r\nupgrade: WebSocket\r\nCONNECTION: keep-alive, Upgrade\r\n"
    "sec-websocket-accept:s3pPLMBiTxaQ9kYGzzhZRbK+xOo= \r\nX: y\r\n\r\n\x81\x01x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize length = strlen (answers[i]);
      gsize used = 0;

      g_assert_cmpint (onc_upgrade_read_answer (answers[i], length, KEY, &used, &error), ==,
                       ONC_UPGRADE_ACCEPTED);
      g_assert_no_error (error);
      g_assert_cmpuint (used, ==, length - 3);
      for (gsize part = 0; part < used; part++)
        g_assert_cmpint (onc_upgrade_read_answer (answers[i], part, KEY, &used, &error), ==,
                         ONC_UPGRADE_INCOMPLETE);
    }
}

static void
test_any_other_answer_is_refused (void)
{
  const char *const answers[] = {
    "HTTP/1.1 409 Conflict\r\n\r\n",
    "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\n" UPGRADES ACCEPT "\r\n",
    "HTTP/1.0 101 Old\r\n" UPGRADES ACCEPT "\r\n",
    "HTTP/1.1 10100000000000000000000000000 X\r\n" UPGRADES ACCEPT "\r\n",
    "\r\n\r\n",
    "SSH-2.0-OpenSSH\r\n\r\n",
    SWITCHES UPGRADES "\r\n",
    SWITCHES UPGRADES "Sec-WebSocket-Accept: S3PPLMBITXAQ9KYGZZHZRBK+XOO=\r\n\r\n",
    SWITCHES "Connection: Upgrade\r\n" ACCEPT "\r\n",
    SWITCHES "Upgrade: websocket\r\n" ACCEPT "\r\n",
    SWITCHES "Upgrade: websocket2\r\nConnection: Upgrade\r\n" ACCEPT "\r\n",
    SWITCHES UPGRADES ACCEPT "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
    SWITCHES UPGRADES ACCEPT "Sec-WebSocket-Protocol: chat\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize used = 0;

      g_assert_cmpint (
          onc_upgrade_read_answer (answers[i], strlen (answers[i]), KEY, &used, &error), ==,
          ONC_UPGRADE_REFUSED);
      g_assert_error (error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
    }
}

static void
test_an_answer_without_an_end_is_not_waited_for (void)
{
  g_autofree char *endless = g_strnfill (20000, 'x');
  g_autoptr (GError) error = NULL;
  gsize used = 0;

  g_assert_cmpint (onc_upgrade_read_answer (endless, 16000, KEY, &used, &error), ==,
                   ONC_UPGRADE_INCOMPLETE);
  g_assert_cmpint (onc_upgrade_read_answer (endless, 20000, KEY, &used, &error), ==,
                   ONC_UPGRADE_REFUSED);
  g_assert_error (error, ONC_ERROR, ONC_ERROR_NOT_CONNECTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, function) g_test_add_func ("/upgrade/" sentence, function)
  ADD ("the request names all that the server needs",
       test_the_request_names_all_that_the_server_needs);
  ADD ("keys are fresh and of the right length", test_keys_are_fresh_and_of_the_right_length);
  ADD ("an accepting answer is told from the frames behind it",
       test_an_accepting_answer_is_told_from_the_frames_behind_it);
  ADD ("any other answer is refused", test_any_other_answer_is_refused);
  ADD ("an answer without an end is not waited for",
       test_an_answer_without_an_end_is_not_waited_for);
#undef ADD
  return g_test_run ();
}
