/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a frame of Socket Mode, and as the messages of a page of history. */

#include "envelope.h"
#include "event-reader.h"
#include "json.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* What is handed on must be fit to be stored, shown and sent back. */
static void
check_event (const OncEvent *event)
{
  g_autofree char *key = onc_event_reader_make_key (event);

  g_assert_true (key == NULL || g_utf8_validate (key, -1, NULL));
  if (event->kind == ONC_EVENT_MESSAGE)
    {
      const OncMessage *message = event->message.message;

      g_assert_true (onc_json_is_id (message->channel));
      g_assert_cmpint (onc_ts_to_instant (message->ts), !=, 0);
      g_assert_cmpint (onc_ts_to_instant (message->root_ts), !=, 0);
      g_assert_true (g_utf8_validate (message->text, -1, NULL));
    }
}

static void
check_envelope (const char *text, gsize length)
{
  g_autoptr (OncEnvelope) envelope = onc_envelope_read (text, length, "T1", "U1", NULL);

  for (guint i = 0; envelope != NULL && i < envelope->events->len; i++)
    check_event (g_ptr_array_index (envelope->events, i));
}

static void
check_page (const char *text, gsize length)
{
  g_autoptr (cJSON) page = onc_json_parse (text, length, NULL);
  const cJSON *message;

  cJSON_ArrayForEach (message, onc_json_array (page, "messages"))
    {
      g_autoptr (OncEvent) event = onc_event_reader_read_listed (message, "T1", "C1", 1);

      if (event != NULL)
        check_event (event);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *event = NULL;
  g_autofree char *page = NULL;

  /* g_strndup() stops at a NUL; as far as it copied, the text is followed by one */
  gsize length = strlen (text);

  check_envelope (text, length);
  event = g_strdup_printf ("{\"type\":\"events_api\",\"payload\":{\"event\":%s}}", text);
  check_envelope (event, strlen (event));
  page = g_strdup_printf ("{\"messages\":[%s]}", text);
  check_page (page, strlen (page));

  return 0;
}
