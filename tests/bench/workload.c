/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "workload.h"

#include "fake-server.h"

#include <stdlib.h>
#include <string.h>

/* Replies and emoji go to so many of the newest threads, and edits and emoji to as many of the
 * newest messages: people write about what is going on. */
#define RECENT_THREADS  300
#define RECENT_MESSAGES 1000

/* Characters of a text. It stands twice in a message, and four times in an edit. */
#define TEXT_LENGTH   500
#define EDITED_LENGTH 200

/* Between two events, on Slack's clock, in microseconds. */
#define STEP 137

#define WORDS_BEFORE_ID "{\"envelope_id\":\""

typedef struct
{
  char ts[20];
  gboolean resolved;
} Thread;

typedef struct
{
  char ts[20];
  guint thread; /* index */
  guint user;
} Message;

struct _Workload
{
  GRand *rand;      /* (owned) */
  GArray *threads;  /* (owned) of Thread */
  GArray *messages; /* (owned) of Message, the first ones of threads included */
  gint64 clock;     /* Slack's */
  guint n_open;
  guint serial;       /* of the next event, over all that were made */
  guint first;        /* serial of the first in `frames` */
  GByteArray *frames; /* (owned) */
  GArray *ends;       /* (owned) of gsize: where each frame ends */
};

Workload *
workload_new (void)
{
  Workload *self = g_new0 (Workload, 1);

  self->rand = g_rand_new_with_seed (1);
  self->threads = g_array_new (FALSE, TRUE, sizeof (Thread));
  self->messages = g_array_new (FALSE, TRUE, sizeof (Message));
  self->clock = g_get_real_time ();
  self->frames = g_byte_array_new ();
  self->ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  return self;
}

void
workload_free (Workload *self)
{
  g_rand_free (self->rand);
  g_array_unref (self->threads);
  g_array_unref (self->messages);
  g_byte_array_unref (self->frames);
  g_array_unref (self->ends);
  g_free (self);
}

/* Sets @ts to the time of the next thing that happens. */
static void
next_ts (Workload *self, char *ts)
{
  self->clock += STEP;
  g_snprintf (ts, sizeof ((Message *) NULL)->ts, "%" G_GINT64_FORMAT ".%06d",
              self->clock / G_USEC_PER_SEC, (int) (self->clock % G_USEC_PER_SEC));
}

static guint
pick (Workload *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

/* Returns: the index of one of the last @recent of @length things. */
static guint
pick_recent (Workload *self, guint length, guint recent)
{
  return length - 1 - pick (self, MIN (length, recent));
}

/* Returns: (transfer full): words, @length characters of them. */
static char *
make_text (Workload *self, gsize length)
{
  static const char *const words[] = { "the",    "export",  "of",    "last",  "week",  "shows",
                                       "an",     "error",   "after", "login", "and",   "every",
                                       "report", "is",      "late",  "since", "noon",  "but",
                                       "nobody", "changed", "it",    "here",  "today", "please" };
  GString *text = g_string_sized_new (length);

  while (text->len < length)
    g_string_append_printf (text, "%s ", words[pick (self, G_N_ELEMENTS (words))]);
  g_string_truncate (text, length);
  return g_string_free (text, FALSE);
}

/* Appends "user", "text", "blocks" and "ts" of a message, as Slack writes them for what a person
 * has typed. @root_ts: (nullable): NULL where it begins a thread. */
static void
append_message (GString *json,
                guint user,
                const char *ts,
                const char *root_ts,
                gboolean calls,
                const char *text)
{
  g_string_append_printf (json, "\"user\":\"U%03u\",\"type\":\"message\",\"ts\":\"%s\",", user, ts);
  g_string_append_printf (json, "\"client_msg_id\":\"5e1a7a4c-0000-4000-8000-%012u\",", user);
  g_string_append_printf (json, "\"text\":\"%s%s\",\"team\":\"" WORKLOAD_TEAM "\",",
                          calls ? "<!subteam^" WORKLOAD_GROUP "> " : "", text);
  if (root_ts != NULL)
    g_string_append_printf (json, "\"thread_ts\":\"%s\",\"parent_user_id\":\"U001\",", root_ts);
  g_string_append (json, "\"blocks\":[{\"type\":\"rich_text\",\"block_id\":\"bX4\",\"elements\":["
                         "{\"type\":\"rich_text_section\",\"elements\":[");
  if (calls)
    g_string_append (json, "{\"type\":\"usergroup\",\"usergroup_id\":\"" WORKLOAD_GROUP "\"},");
  g_string_append_printf (json, "{\"type\":\"text\",\"text\":\"%s%s\"}]}]}]", calls ? " " : "",
                          text);
}

/* Notes a message that was said. Returns: (transfer none): valid until the next is noted. */
static const Message *
note_message (Workload *self, guint thread, guint user)
{
  Message message = { .thread = thread, .user = user };

  if (thread == self->threads->len)
    g_array_set_size (self->threads, thread + 1);
  next_ts (self, message.ts);
  g_array_append_val (self->messages, message);
  return &g_array_index (self->messages, Message, self->messages->len - 1);
}

static void
append_thread (Workload *self, GString *json, gboolean calls)
{
  /* Not by oneself: nobody is called to what they ask themselves */
  guint user = 1 + pick (self, WORKLOAD_USERS - 1);
  const Message *message = note_message (self, self->threads->len, user);
  Thread *thread = &g_array_index (self->threads, Thread, message->thread);
  g_autofree char *text = make_text (self, TEXT_LENGTH);

  memcpy (thread->ts, message->ts, sizeof thread->ts);
  self->n_open++;
  append_message (json, user, message->ts, NULL, calls, text);
  g_string_append_printf (json, ",\"channel\":\"" WORKLOAD_CHANNEL "\",\"event_ts\":\"%s\"",
                          message->ts);
}

static void
append_reply (Workload *self, GString *json)
{
  guint thread = pick_recent (self, self->threads->len, RECENT_THREADS);
  guint user = pick (self, WORKLOAD_USERS);
  const Message *message = note_message (self, thread, user);
  g_autofree char *text = make_text (self, TEXT_LENGTH);

  append_message (json, user, message->ts, g_array_index (self->threads, Thread, thread).ts, FALSE,
                  text);
  g_string_append_printf (json, ",\"channel\":\"" WORKLOAD_CHANNEL "\",\"event_ts\":\"%s\"",
                          message->ts);
}

static void
append_reaction (Workload *self, GString *json)
{
  /* Some look, some agree, one in ten says that it is done */
  static const char *const names[] = { "eyes", "eyes", "eyes", "white_check_mark", "+1", "+1", "+1",
                                       "bug",  "tada", "bug" };
  const char *name = names[pick (self, G_N_ELEMENTS (names))];
  const char *ts;
  char event_ts[20];

  if (pick (self, 2) == 0)
    {
      Thread *thread = &g_array_index (self->threads, Thread,
                                       pick_recent (self, self->threads->len, RECENT_THREADS));

      ts = thread->ts;
      if (g_str_equal (name, "white_check_mark") && !thread->resolved)
        {
          thread->resolved = TRUE;
          self->n_open--;
        }
    }
  else
    {
      /* On a message that is no first one, the mark resolves nothing */
      const Message *message = &g_array_index (
          self->messages, Message, pick_recent (self, self->messages->len, RECENT_MESSAGES));

      ts = message->ts;
      if (g_str_equal (ts, g_array_index (self->threads, Thread, message->thread).ts))
        name = "tada";
    }

  next_ts (self, event_ts);
  g_string_append_printf (json,
                          "\"type\":\"reaction_added\",\"user\":\"U%03u\",\"reaction\":\"%s\","
                          "\"item\":{\"type\":\"message\",\"channel\":\"" WORKLOAD_CHANNEL "\","
                          "\"ts\":\"%s\"},\"item_user\":\"U001\",\"event_ts\":\"%s\"",
                          pick (self, WORKLOAD_USERS), name, ts, event_ts);
}

static void
append_edit (Workload *self, GString *json)
{
  const Message *message = &g_array_index (
      self->messages, Message, pick_recent (self, self->messages->len, RECENT_MESSAGES));
  const char *root_ts = g_array_index (self->threads, Thread, message->thread).ts;
  g_autofree char *text = make_text (self, EDITED_LENGTH);
  g_autofree char *before = make_text (self, EDITED_LENGTH);
  char event_ts[20];

  if (g_str_equal (root_ts, message->ts))
    root_ts = NULL;
  next_ts (self, event_ts);
  g_string_append (json, "\"type\":\"message\",\"subtype\":\"message_changed\",\"message\":{");
  append_message (json, message->user, message->ts, root_ts, FALSE, text);
  g_string_append_printf (json, ",\"edited\":{\"user\":\"U%03u\",\"ts\":\"%s\"}", message->user,
                          event_ts);
  g_string_append (json, "},\"previous_message\":{");
  append_message (json, message->user, message->ts, root_ts, FALSE, before);
  g_string_append_printf (json,
                          "},\"channel\":\"" WORKLOAD_CHANNEL "\",\"hidden\":true,\"ts\":\"%s\","
                          "\"event_ts\":\"%s\"",
                          event_ts, event_ts);
}

static void
append_event (Workload *self, WorkloadKind kind, GString *json)
{
  guint chance = pick (self, 10);

  if (kind == WORKLOAD_CALLS)
    append_thread (self, json, TRUE);
  else if (kind == WORKLOAD_THREADS || chance == 0 || self->threads->len == 0)
    append_thread (self, json, pick (self, 5) == 0);
  else if (chance < 7)
    append_reply (self, json);
  else if (chance < 9)
    append_reaction (self, json);
  else
    append_edit (self, json);
}

void
workload_make (Workload *self, WorkloadKind kind, guint n_events, gsize size)
{
  g_autoptr (GString) json = g_string_new (NULL);

  g_byte_array_set_size (self->frames, 0);
  g_array_set_size (self->ends, 0);
  self->first = self->serial;
  for (guint i = 0; i < n_events; i++)
    {
      g_autoptr (GByteArray) frame = NULL;
      gsize end;

      g_string_printf (json, WORDS_BEFORE_ID "%08u-0000-4000-8000-000000000000\",", self->serial);
      g_string_append (json, "\"type\":\"events_api\",\"accepts_response_payload\":false,"
                             "\"retry_attempt\":0,\"retry_reason\":\"\",\"payload\":{"
                             "\"team_id\":\"" WORKLOAD_TEAM "\",\"api_app_id\":\"A0BENCH\","
                             "\"type\":\"event_callback\",\"authorizations\":[{"
                             "\"team_id\":\"" WORKLOAD_TEAM "\",\"user_id\":\"" WORKLOAD_ME "\","
                             "\"is_bot\":false}],\"event\":{");
      append_event (self, kind, json);
      g_string_append_printf (json, "},\"event_id\":\"Ev%010u\",\"event_context\":\"",
                              self->serial);
      /* What Slack writes there is opaque too */
      while (json->len + strlen ("\"}}") < size)
        g_string_append_c (json, '4');
      g_string_append (json, "\"}}");
      frame = fake_frame (TRUE, 1, json->str, (gssize) json->len);
      g_byte_array_append (self->frames, frame->data, frame->len);
      end = self->frames->len;
      g_array_append_val (self->ends, end);
      self->serial++;
    }
}

const guint8 *
workload_get_frames (Workload *self, guint first, guint n, gsize *length)
{
  gsize begin = first > 0 ? g_array_index (self->ends, gsize, first - 1) : 0;

  *length = g_array_index (self->ends, gsize, first + n - 1) - begin;
  return self->frames->data + begin;
}

int
workload_find (Workload *self, const char *ack)
{
  gsize prefix = strlen (WORDS_BEFORE_ID);
  guint serial;

  if (strncmp (ack, WORDS_BEFORE_ID, prefix) != 0)
    return -1;
  serial = (guint) strtoul (ack + prefix, NULL, 10);
  return serial >= self->first && serial < self->serial ? (int) (serial - self->first) : -1;
}

guint
workload_count_open (Workload *self)
{
  return self->n_open;
}
