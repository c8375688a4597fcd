/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "outbox.h"

#include "error.h"
#include "event-reader.h"
#include "log.h"
#include "markup.h"
#include "names.h"
#include "promise.h"

#include <glib/gi18n.h>
#include <string.h>

/* The pause before the second try, which doubles up to the longest. */
#define PAUSE_FIRST (2 * ONC_SECOND)
#define PAUSE_MAX   (5 * ONC_MINUTE)

/* A reply that is older than this when it is sent may have lost its thread meanwhile, and Slack
 * would post it to the channel then; so the thread is looked at first. */
#define FRESH (30 * ONC_SECOND)

/* What waits in one thread, the first of it under way. */
typedef struct
{
  OncOutbox *outbox; /* (unowned) */
  char *key;         /* (owned) */
  GQueue items;      /* of Item (owned) */
  gboolean busy;     /* Slack has been asked and has not answered */
  guint retry;       /* source of the next try; 0: none */
  OncSpan pause;
  GCancellable *cancellable; /* (owned) (nullable) of the call under way */
} Lane;

typedef struct
{
  OncWrite *write; /* (owned) */
  OncWish *wish;   /* (unowned) (nullable) */
} Item;

struct _OncOutbox
{
  GObject parent_instance;

  OncPipeline *pipeline; /* (unowned) */
  OncStore *store;       /* (unowned) */
  OncClock *clock;       /* (owned) */
  OncWebApi *api;        /* (owned) (nullable) */
  GHashTable *lanes;     /* (owned) key → Lane */
  guint count;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OncOutbox, onc_outbox, G_TYPE_OBJECT)

static void send_next (Lane *lane);

static void
item_free (Item *self)
{
  onc_write_free (self->write);
  g_free (self);
}

static void
lane_free (Lane *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->items, (GDestroyNotify) item_free);
  g_free (self->key);
  g_free (self);
}

static void
onc_outbox_finalize (GObject *object)
{
  OncOutbox *self = ONC_OUTBOX (object);

  g_hash_table_unref (self->lanes);
  g_clear_object (&self->api);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (onc_outbox_parent_class)->finalize (object);
}

static void
onc_outbox_class_init (OncOutboxClass *class)
{
  G_OBJECT_CLASS (class)->finalize = onc_outbox_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ONC_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", ONC_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_BOOLEAN,
                                          G_TYPE_ERROR);
}

static void
onc_outbox_init (OncOutbox *self)
{
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) lane_free);
}

OncOutbox *
onc_outbox_new (OncPipeline *pipeline, OncStore *store, OncClock *clock)
{
  OncOutbox *self = g_object_new (ONC_TYPE_OUTBOX, NULL);

  self->pipeline = pipeline;
  self->store = store;
  self->clock = g_object_ref (clock);
  return self;
}

guint
onc_outbox_count (OncOutbox *self)
{
  return self->count;
}

/* Nobody waits for the answer, so the person has to be told otherwise. */
static void
tell_refusal (OncOutbox *self, const OncWrite *write, const GError *error)
{
  g_autoptr (OncThread) thread = onc_pipeline_find (self->pipeline, write->team, write->channel,
                                                    write->root_ts, NULL);

  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, thread != NULL ? thread->number : 0,
                 write->text != NULL, error);
}

/* What is done in a person's name can be found in the journal. */
static void
log_end (const OncWrite *write, const GError *error)
{
  g_autofree char *thread = g_strdup_printf ("%s/%s", write->channel, write->root_ts);
  g_autofree char *what = write->reaction == NULL
                              ? g_strdup ("a reply")
                              : g_strdup_printf ("%s emoji %s", write->add ? "the" : "removing the",
                                                 write->reaction);

  if (error != NULL)
    onc_notice_about (ONC_MESSAGE_ID_WRITE_REFUSED, thread, "%s %s in %s: %s",
                      error->domain == ONC_API_ERROR ? "Slack refused" : "Slack was not told of",
                      what, thread, error->message);
  else
    onc_notice_about (ONC_MESSAGE_ID_WRITTEN, thread, "Slack has taken %s in %s", what, thread);
}

/* Slack has answered for the first write of @lane. @error: (nullable): why it will not have it, or
 * is not to have it any more. */
static void
end_first (Lane *lane, const GError *error)
{
  OncOutbox *self = lane->outbox;
  Item *item = g_queue_pop_head (&lane->items);

  lane->pause = 0;
  self->count--;
  log_end (item->write, error);
  onc_pipeline_end_write (self->pipeline, item->write,
                          error == NULL ? ONC_WRITE_DONE : ONC_WRITE_REFUSED);
  if (item->wish != NULL)
    onc_wish_end_write (item->wish, error);
  else if (error != NULL)
    tell_refusal (self, item->write, error);
  item_free (item);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  if (g_queue_is_empty (&lane->items))
    g_hash_table_remove (self->lanes, lane->key);
  else
    send_next (lane);
}

static gboolean
on_retry (gpointer user_data)
{
  Lane *lane = user_data;

  lane->retry = 0;
  send_next (lane);
  return G_SOURCE_REMOVE;
}

static void
try_later (Lane *lane, const GError *error)
{
  onc_info ("a write waits for another try: %s", error->message);
  lane->pause = CLAMP (lane->pause * 2, PAUSE_FIRST, PAUSE_MAX);
  /* Some jitter, so that many desktops do not come back in step. */
  lane->retry = g_timeout_add ((guint) (lane->pause / 1000 * g_random_double_range (0.8, 1.2)),
                               on_retry, lane);
}

/* Whether the same write may succeed at another time. */
static gboolean
will_pass (const GError *error)
{
  return g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_TRANSIENT) ||
         g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_WAIT);
}

/* Ends the call under way. Returns: (transfer full) (nullable): the answer; NULL with *@error, or
 * without where the outbox itself is gone. */
static cJSON *
finish_call (GObject *api, GAsyncResult *result, Lane *lane, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  cJSON *answer = onc_web_api_call_finish (ONC_WEB_API (api), result, &local_error);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  lane->busy = FALSE;
  g_clear_object (&lane->cancellable);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return answer;
}

static void
call (Lane *lane,
      const char *method,
      const char *const *params,
      OncWebApiFlags flags,
      GAsyncReadyCallback callback)
{
  lane->busy = TRUE;
  lane->cancellable = g_cancellable_new ();
  onc_web_api_call_async (lane->outbox->api, method, params, flags, lane->cancellable, callback,
                          lane);
}

static void
on_reacted (GObject *api, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) answer = finish_call (api, result, user_data, &error);

  if (answer == NULL && error == NULL)
    return;
  if (error != NULL && will_pass (error))
    try_later (user_data, error);
  else if (error != NULL && !g_error_matches (error, ONC_API_ERROR, ONC_API_ERROR_BENIGN))
    end_first (user_data, error);
  else
    end_first (user_data, NULL);
}

/* A reply of ours stands in Slack: the thread learns of it before the socket brings it. */
static void
take_message (Lane *lane, const cJSON *message)
{
  const OncWrite *write = ((Item *) g_queue_peek_head (&lane->items))->write;
  OncEvent *event = onc_event_reader_read_listed (message, write->team, write->channel,
                                                  onc_clock_now (lane->outbox->clock));

  if (event == NULL)
    return;
  /* An answer to a post lists no emoji, which does not mean that there are none. */
  if (event->kind == ONC_EVENT_MESSAGE)
    event->message.as_of = 0;
  onc_pipeline_take (lane->outbox->pipeline, event);
}

static void
on_posted (GObject *api, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) answer = finish_call (api, result, user_data, &error);

  if (answer == NULL && error == NULL)
    return;
  if (error != NULL && will_pass (error))
    {
      try_later (user_data, error);
      return;
    }
  if (answer != NULL)
    take_message (user_data, onc_json_object (answer, "message"));
  end_first (user_data, error);
}

/* Notes that Slack may have the reply from here on, whatever becomes of the answer or of this
 * process, and how it is told then from another one with the same words. */
static gboolean
note_sending (OncOutbox *self, OncWrite *write, GError **error)
{
  g_autoptr (OncThread) thread = onc_pipeline_find (self->pipeline, write->team, write->channel,
                                                    write->root_ts, NULL);
  const OncPost *newest = NULL;

  if (thread != NULL && thread->posts->len > 0)
    newest = g_ptr_array_index (thread->posts, thread->posts->len - 1);

  return onc_store_send_write (self->store, write, newest != NULL ? newest->ts : write->root_ts,
                               error);
}

static void
post (Lane *lane)
{
  OncWrite *write = ((Item *) g_queue_peek_head (&lane->items))->write;
  OncInstant now = onc_clock_now (lane->outbox->clock);
  g_autofree char *text = write->due != 0 ? onc_promise_add_span (write->text, write->due, now)
                                          : g_strdup (write->text);
  const char *const params[] = { "channel", write->channel, "thread_ts", write->root_ts,
                                 "text",    text,           NULL };
  g_autoptr (GError) error = NULL;

  if (write->due != 0 && write->due <= now)
    {
      error = g_error_new_literal (ONC_ERROR, ONC_ERROR_FAILED,
                                   _ ("Slack could not be reached before the time that it "
                                      "promises, so it was not posted"));
      end_first (lane, error);
      return;
    }
  if (write->sent_after == NULL && !note_sending (lane->outbox, write, &error))
    {
      try_later (lane, error);
      return;
    }
  call (lane, "chat.postMessage", params, ONC_WEB_API_ONCE, on_posted);
}

/* Whether @text is that of @write. Slack may put links and mentions into another form than they
 * were sent in, so texts are compared as a person reads them; a span depends on when it was sent.
 */
static gboolean
is_text_of (const char *text, const OncWrite *write)
{
  g_autofree char *plain = onc_markup_to_plain (text, -1, NULL, NULL);
  g_autofree char *written = onc_markup_to_plain (write->text, -1, NULL, NULL);

  g_strstrip (plain);
  g_strstrip (written);

  return write->due != 0 ? g_str_has_prefix (plain, written) : g_str_equal (plain, written);
}

/* Returns: (transfer none) (nullable): the reply that was sent before, if Slack lists it. */
static const cJSON *
find_reply (const cJSON *answer, const OncWrite *write)
{
  const cJSON *message;

  cJSON_ArrayForEach (message, onc_json_array (answer, "messages"))
    {
      const char *ts = onc_json_ts (message, "ts");
      const char *text = onc_json_string (message, "text");

      if (ts != NULL && text != NULL &&
          g_strcmp0 (onc_json_id (message, "user"), write->user) == 0 &&
          onc_ts_compare (ts, write->sent_after) > 0 && is_text_of (text, write))
        return message;
    }

  return NULL;
}

static void
on_looked (GObject *api, GAsyncResult *result, gpointer user_data)
{
  Lane *lane = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (cJSON) answer = finish_call (api, result, lane, &error);
  const OncWrite *write;
  const cJSON *reply;

  if (answer == NULL && error == NULL)
    return;
  if (error != NULL)
    {
      if (will_pass (error))
        try_later (lane, error);
      else
        end_first (lane, error);
      return;
    }
  write = ((Item *) g_queue_peek_head (&lane->items))->write;
  reply = write->sent_after != NULL ? find_reply (answer, write) : NULL;
  if (reply == NULL)
    {
      post (lane);
      return;
    }
  take_message (lane, reply);
  end_first (lane, NULL);
}

/* Reads whether the thread is still there, and what it has got since the reply was first sent. */
static void
look_first (Lane *lane)
{
  const OncWrite *write = ((Item *) g_queue_peek_head (&lane->items))->write;
  const char *const params[] = { "channel",      write->channel, "ts",
                                 write->root_ts, "oldest",       write->sent_after,
                                 "limit",        "999",          NULL };

  call (lane, "conversations.replies", params, ONC_WEB_API_REPEAT, on_looked);
}

static void
send_next (Lane *lane)
{
  const OncWrite *write = ((Item *) g_queue_peek_head (&lane->items))->write;
  OncOutbox *self = lane->outbox;

  if (self->api == NULL || lane->busy || lane->retry != 0)
    return;

  if (write->reaction != NULL)
    {
      const char *const params[] = { "channel", write->channel,  "timestamp", write->ts,
                                     "name",    write->reaction, NULL };

      call (lane, write->add ? "reactions.add" : "reactions.remove", params, ONC_WEB_API_REPEAT,
            on_reacted);
    }
  else if (write->sent_after != NULL || onc_clock_now (self->clock) - write->created > FRESH)
    {
      look_first (lane);
    }
  else
    {
      post (lane);
    }
}

void
onc_outbox_add (OncOutbox *self, OncWrite *write, OncWish *wish)
{
  g_autofree char *key = g_strdup_printf ("%s/%s/%s", write->team, write->channel, write->root_ts);
  Lane *lane = g_hash_table_lookup (self->lanes, key);
  Item *item = g_new0 (Item, 1);

  if (lane == NULL)
    {
      lane = g_new0 (Lane, 1);
      lane->outbox = self;
      lane->key = g_steal_pointer (&key);
      g_queue_init (&lane->items);
      g_hash_table_insert (self->lanes, lane->key, lane);
    }
  item->write = write;
  item->wish = wish;
  g_queue_push_tail (&lane->items, item);
  self->count++;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  send_next (lane);
}

gboolean
onc_outbox_load (OncOutbox *self, GError **error)
{
  g_autoptr (GPtrArray) writes = onc_store_load_writes (self->store, error);

  if (writes == NULL)
    return FALSE;
  while (writes->len > 0)
    {
      OncWrite *write = g_ptr_array_steal_index (writes, 0);

      onc_pipeline_end_write (self->pipeline, write, ONC_WRITE_QUEUED);
      onc_outbox_add (self, write, NULL);
    }

  return TRUE;
}

void
onc_outbox_kick (OncOutbox *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Lane *lane = value;

      g_clear_handle_id (&lane->retry, g_source_remove);
      lane->pause = 0;
      send_next (lane);
    }
}

void
onc_outbox_stop (OncOutbox *self)
{
  g_autoptr (GError) error = g_error_new_literal (
      ONC_ERROR, ONC_ERROR_NOT_CONNECTED,
      _ ("oncalld ends; what Slack has not confirmed is sent after the next start"));
  GHashTableIter iter;
  gpointer value;

  onc_outbox_set_api (self, NULL);
  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      for (GList *link = ((Lane *) value)->items.head; link != NULL; link = link->next)
        {
          Item *item = link->data;
          OncWish *wish = g_steal_pointer (&item->wish);

          if (wish != NULL)
            onc_wish_end_write (wish, error);
        }
    }
}

void
onc_outbox_set_api (OncOutbox *self, OncWebApi *api)
{
  if (self->api == api)
    return;

  g_set_object (&self->api, api);
  if (api != NULL)
    onc_outbox_kick (self);
}
