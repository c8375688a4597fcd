/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "notifier.h"

#include "chime.h"
#include "popup-server.h"

/* A summary that stands changes no more often than this, in microseconds: in a flood, nobody reads
 * faster, and it may make a sound each time. */
#define SUMMARY_SPAN (G_USEC_PER_SEC / 4)

/* A popup that should stand, and what it was made from, so that it can be made again. */
typedef struct
{
  OncPopup *popup;    /* (owned) */
  GPtrArray *threads; /* (owned) (nullable) of OncThread; NULL: a notice, which never changes */
  gboolean is_summary;
  gboolean stale;       /* is to be made again by the update ... */
  gboolean news;        /* ... which is to be heard, for more has come */
  OncOccasion occasion; /* of a thread's own popup */
  char *promise;        /* (owned) (nullable) the occasion's */
} Item;

struct _OncNotifier
{
  GObject parent_instance;

  OncNaming naming;
  OncPopupServer *server; /* (owned) */
  GHashTable *items;      /* (owned) key → Item */
  gboolean hide_content;
  guint update;         /* source that makes anew what is stale; 0: none */
  guint summary_update; /* likewise of the summary */
  gint64 summed_up;     /* monotonic: when the summary was shown last */
};

G_DEFINE_FINAL_TYPE (OncNotifier, onc_notifier, G_TYPE_OBJECT)

enum
{
  SIGNAL_ACTION,
  SIGNAL_REPLY,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
item_free (Item *item)
{
  onc_popup_unref (item->popup);
  g_clear_pointer (&item->threads, g_ptr_array_unref);
  g_clear_pointer (&item->occasion.zone, g_time_zone_unref);
  g_free (item->promise);
  g_free (item);
}

/* Returns: (transfer full): a popup of what @item is about, as things are now. */
static OncPopup *
render (const OncNotifier *self, const Item *item)
{
  if (item->is_summary)
    return onc_popup_new_summary (&self->naming, item->threads, self->hide_content);

  return onc_popup_new_for_thread (&self->naming, g_ptr_array_index (item->threads, 0),
                                   &item->occasion, self->hide_content);
}

/* Shows @item in place of the one with its key. Takes @item. */
static void
show_item (OncNotifier *self, Item *item)
{
  onc_popup_server_show (self->server, item->popup);
  g_hash_table_replace (self->items, g_strdup (item->popup->key), item);
}

static void
withdraw_key (OncNotifier *self, const char *key)
{
  if (g_hash_table_remove (self->items, key))
    onc_popup_server_close (self->server, key);
}

static void
on_action (const OncPopup *popup, const char *action, const char *token, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_ACTION], 0, popup->thread, action, token);
}

static void
on_reply (const OncPopup *popup, const char *text, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_REPLY], 0, popup->thread, text);
}

static void
on_closed (const OncPopup *popup, gboolean dismissed, gpointer user_data)
{
  OncNotifier *self = user_data;
  const Item *item = g_hash_table_lookup (self->items, popup->key);
  guint32 thread = popup->thread;
  gboolean own = popup->own;

  /* It may have been withdrawn or shown anew before word of its end arrived. */
  if (item == NULL || item->popup != popup)
    return;

  g_hash_table_remove (self->items, popup->key);
  if (own)
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0, thread, dismissed);
}

static void
onc_notifier_finalize (GObject *object)
{
  OncNotifier *self = ONC_NOTIFIER (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_handle_id (&self->summary_update, g_source_remove);
  onc_popup_server_free (self->server);
  g_hash_table_unref (self->items);

  G_OBJECT_CLASS (onc_notifier_parent_class)->finalize (object);
}

static void
onc_notifier_class_init (OncNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = onc_notifier_finalize;

  signals[SIGNAL_ACTION] = g_signal_new ("action", ONC_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_STRING,
                                         G_TYPE_STRING);
  signals[SIGNAL_REPLY] = g_signal_new ("reply", ONC_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", ONC_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
onc_notifier_init (OncNotifier *self)
{
  static const OncPopupServerFuncs funcs = { .action = on_action,
                                             .reply = on_reply,
                                             .closed = on_closed };

  self->server = onc_popup_server_new (&funcs, self);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) item_free);
}

OncNotifier *
onc_notifier_new (const OncNaming *naming)
{
  OncNotifier *self = g_object_new (ONC_TYPE_NOTIFIER, NULL);

  self->naming = *naming;
  return self;
}

/* Shows @item, which is about threads, as things are now, if that looks otherwise than before. */
static void
refresh (OncNotifier *self, Item *item)
{
  g_autoptr (OncPopup) popup = render (self, item);
  gboolean news = item->news;

  item->stale = item->news = FALSE;
  if (onc_popup_looks_like (popup, item->popup))
    return;
  if (!news)
    popup->sound = NULL;
  if (item->is_summary)
    self->summed_up = g_get_monotonic_time ();
  onc_popup_unref (item->popup);
  item->popup = g_steal_pointer (&popup);
  onc_popup_server_show (self->server, item->popup);
}

static gboolean
on_update (gpointer user_data)
{
  OncNotifier *self = user_data;
  GHashTableIter iter;
  Item *item;

  self->update = 0;
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &item))
    {
      if (item->stale && !item->is_summary)
        refresh (self, item);
    }

  return G_SOURCE_REMOVE;
}

static gboolean
on_summary_update (gpointer user_data)
{
  OncNotifier *self = user_data;
  Item *summary = g_hash_table_lookup (self->items, ONC_POPUP_SUMMARY_KEY);

  self->summary_update = 0;
  if (summary != NULL && summary->stale)
    refresh (self, summary);

  return G_SOURCE_REMOVE;
}

/* Returns: for how long the summary should stay as it is, in microseconds. */
static guint
get_summary_pause (const OncNotifier *self)
{
  gint64 since = g_get_monotonic_time () - self->summed_up;

  return self->summed_up != 0 && since < SUMMARY_SPAN ? (guint) (SUMMARY_SPAN - since) : 0;
}

/* Has @item made again once this turn is over, unless it never changes. */
static void
make_stale (OncNotifier *self, Item *item)
{
  if (item->threads == NULL)
    return;
  item->stale = TRUE;
  if (item->is_summary && self->summary_update == 0)
    self->summary_update = g_timeout_add (get_summary_pause (self) / 1000, on_summary_update, self);
  else if (!item->is_summary && self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_DEFAULT, on_update, self, NULL);
}

void
onc_notifier_update (OncNotifier *self, const OncThread *thread, OncInstant now)
{
  g_autofree char *key = onc_popup_thread_key (thread->number);
  Item *own = g_hash_table_lookup (self->items, key);
  Item *summary = g_hash_table_lookup (self->items, ONC_POPUP_SUMMARY_KEY);

  if (own != NULL && g_ptr_array_index (own->threads, 0) == thread)
    {
      own->occasion.now = now;
      own->occasion.level = thread->level;
      make_stale (self, own);
    }
  if (summary != NULL && !summary->stale && g_ptr_array_find (summary->threads, thread, NULL))
    make_stale (self, summary);
}

void
onc_notifier_update_all (OncNotifier *self)
{
  GHashTableIter iter;
  Item *item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &item))
    make_stale (self, item);
}

void
onc_notifier_set_private (OncNotifier *self, gboolean hide_content)
{
  GHashTableIter iter;
  Item *item;

  if (self->hide_content == hide_content)
    return;
  self->hide_content = hide_content;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &item))
    {
      if (item->threads != NULL)
        refresh (self, item);
    }
}

gboolean
onc_notifier_set_own_sound (OncNotifier *self, gboolean own_sound)
{
  onc_popup_server_set_own_sound (self->server, own_sound);

  return onc_chime_is_available ();
}

/* Returns: (transfer full): an array that holds references to OncThread. */
static GPtrArray *
thread_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) onc_thread_unref);
}

void
onc_notifier_show (OncNotifier *self, OncThread *thread, const OncOccasion *occasion)
{
  Item *item;

  g_return_if_fail (thread->number != 0);

  item = g_new0 (Item, 1);
  item->threads = thread_array_new ();
  g_ptr_array_add (item->threads, onc_thread_ref (thread));
  item->occasion = *occasion;
  item->occasion.promise = item->promise = g_strdup (occasion->promise);
  g_time_zone_ref (item->occasion.zone);
  item->popup = render (self, item);
  show_item (self, item);
}

static gpointer
copy_thread (gconstpointer thread, gpointer unused)
{
  return onc_thread_ref ((OncThread *) thread);
}

void
onc_notifier_show_summary (OncNotifier *self, GPtrArray *threads)
{
  Item *standing = g_hash_table_lookup (self->items, ONC_POPUP_SUMMARY_KEY);
  Item *item;

  if (threads->len == 0)
    {
      withdraw_key (self, ONC_POPUP_SUMMARY_KEY);
      return;
    }
  if (standing != NULL && get_summary_pause (self) > 0)
    {
      g_ptr_array_set_size (standing->threads, 0);
      g_ptr_array_extend (standing->threads, threads, copy_thread, NULL);
      standing->news = TRUE;
      make_stale (self, standing);
      return;
    }

  item = g_new0 (Item, 1);
  item->is_summary = TRUE;
  item->threads = thread_array_new ();
  g_ptr_array_extend (item->threads, threads, copy_thread, NULL);
  item->popup = render (self, item);
  self->summed_up = g_get_monotonic_time ();
  show_item (self, item);
}

void
onc_notifier_show_notice (OncNotifier *self, const char *key, const char *title, const char *body)
{
  Item *item = g_new0 (Item, 1);

  item->popup = onc_popup_new_notice (key, title, body);
  show_item (self, item);
}

void
onc_notifier_withdraw (OncNotifier *self, OncThread *thread)
{
  g_autofree char *key = onc_popup_thread_key (thread->number);
  Item *summary = g_hash_table_lookup (self->items, ONC_POPUP_SUMMARY_KEY);

  withdraw_key (self, key);
  if (summary == NULL || !g_ptr_array_remove (summary->threads, thread))
    return;
  if (summary->threads->len == 0)
    withdraw_key (self, ONC_POPUP_SUMMARY_KEY);
  else
    make_stale (self, summary);
}

void
onc_notifier_withdraw_notice (OncNotifier *self, const char *key)
{
  g_autofree char *full_key = onc_popup_notice_key (key);

  withdraw_key (self, full_key);
}

gboolean
onc_notifier_withdraw_all (OncNotifier *self, guint timeout_ms)
{
  GHashTableIter iter;
  const char *key;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, NULL))
    {
      onc_popup_server_close (self->server, key);
      g_hash_table_iter_remove (&iter);
    }

  return onc_popup_server_settle (self->server, timeout_ms);
}
