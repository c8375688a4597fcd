/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "popup-server.h"

#include "chime.h"
#include "names.h"
#include "popup-dress.h"

#include <gio/gio.h>

#include <string.h>

#define SERVER_NAME      "org.freedesktop.Notifications"
#define SERVER_PATH      "/org/freedesktop/Notifications"
#define SERVER_INTERFACE "org.freedesktop.Notifications"

/* A server that answered this recently, in microseconds, is trusted to answer at once and in the
 * same way. Any other is asked for its capabilities first, in a call that holds nobody up, for two
 * reasons: a popup that is sent to a server that is stuck cannot be called back, and a server whose
 * configuration has changed may want its texts escaped from now on. */
#define TRUST_SPAN (10 * G_USEC_PER_SEC)

/* How often one content is offered to one server: once more than once, because a refusal may be for
 * the moment only, as when popups come in quick succession. */
#define MAX_ATTEMPTS 2

/* How long the end waits for the worker, in microseconds: it has nothing to do then, unless the
 * server keeps it from noticing. */
#define END_SPAN G_USEC_PER_SEC

/* What one popup should show, and what stands of it. */
typedef struct
{
  OncPopupServer *server; /* (not owned) */
  char *key;              /* (owned) */

  /* Under the lock */
  OncPopup *wanted; /* (owned) (nullable) NULL: nothing should stand */
  guint64 turn;     /* when that was asked for, by count */
  guint attempts;   /* to show it with this server, that have failed */
  gboolean queued;  /* is in `pending` */

  /* The worker's */
  NotifyNotification *standing; /* (owned) (nullable) with the server that is there now */
  int id;                       /* the server's, of what stands */
  OncPopup *shown;              /* (owned) (nullable) what it shows; NULL if nothing stands */
  OncPopup *told;               /* (owned) (nullable) the last that any server has shown */
  gboolean used;                /* an action has ended it */
} Slot;

struct _OncPopupServer
{
  /* The caller's */
  GMainContext *home; /* (owned) where reports go */
  OncPopupServerFuncs funcs;
  gpointer user_data; /* (not owned) for `funcs` */
  GThread *thread;    /* (owned) */

  /* Under the lock */
  GMutex lock;
  GCond changed;     /* `pending` is empty and `busy` is not set, or `finished` is */
  GHashTable *slots; /* (owned) key → Slot; only the worker removes any */
  GQueue pending;    /* of Slot that the worker has to look at, most pressing first */
  guint64 turns;     /* how many wishes there were */
  gboolean busy;     /* the worker may be waiting for the server */
  gboolean stopping; /* the worker has to end ... */
  gboolean finished; /* ... and does nothing any more that takes time */

  /* Made before the thread, never changed: safe on both sides */
  GMainContext *context; /* (owned) the worker's */
  GSource *work;         /* (owned) ready when something is pending */
  OncChime *chime;       /* (owned) played by the worker */

  /* The worker's */
  GDBusConnection *connection; /* (owned) (nullable) NULL: not known yet, or no bus */
  char *owner;                 /* (owned) (nullable) the server's unique name; NULL: none */
  gboolean named;              /* it has said its name */
  GCancellable *question;      /* (owned) (nullable) what its capabilities are; NULL: not asked */
  gint64 answered;             /* monotonic; 0: it has to be asked */
  OncPopupAbilities abilities; /* as they were at `answered` */
  guint replies; /* subscription to what people write into popups; 0: there is no server */
};

static void
slot_free (Slot *slot)
{
  g_free (slot->key);
  g_clear_pointer (&slot->wanted, onc_popup_unref);
  g_clear_object (&slot->standing);
  g_clear_pointer (&slot->shown, onc_popup_unref);
  g_clear_pointer (&slot->told, onc_popup_unref);
  g_free (slot);
}

/* What should go comes first, as it is wrong to show it; then by urgency, then by age. */
static int
compare_slots (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Slot *first = a;
  const Slot *second = b;
  int first_level = first->wanted != NULL ? (int) first->wanted->level : ONC_N_LEVELS;
  int second_level = second->wanted != NULL ? (int) second->wanted->level : ONC_N_LEVELS;

  if (first_level != second_level)
    return second_level - first_level;
  return first->turn < second->turn ? -1 : 1;
}

/* Has the worker look at @slot. With the lock held; the caller wakes the worker. */
static void
enqueue (OncPopupServer *self, Slot *slot)
{
  if (self->stopping)
    return;
  if (slot->queued)
    g_queue_remove (&self->pending, slot);
  slot->queued = TRUE;
  g_queue_insert_sorted (&self->pending, slot, compare_slots, NULL);
}

/* The following run in the caller's thread, but for server_clear(), which runs in the last. */

static void
server_clear (OncPopupServer *self)
{
  g_main_context_unref (self->home);
  g_hash_table_unref (self->slots);
  g_queue_clear (&self->pending);
  g_source_unref (self->work);
  g_main_context_unref (self->context);
  onc_chime_free (self->chime);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
}

static void
server_unref (OncPopupServer *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) server_clear);
}

/* Something happened to a popup. */
typedef struct
{
  OncPopupServer *server; /* (owned) */
  OncPopup *popup;        /* (owned) */
  char *action;           /* (owned) (nullable) NULL: it was closed */
  char *token;            /* (owned) (nullable) */
  char *text;             /* (owned) (nullable) of a reply */
  gboolean dismissed;
} Report;

static void
report_free (Report *report)
{
  server_unref (report->server);
  onc_popup_unref (report->popup);
  g_free (report->action);
  g_free (report->token);
  g_free (report->text);
  g_free (report);
}

static gboolean
on_report (gpointer user_data)
{
  const Report *report = user_data;
  const OncPopupServer *self = report->server;

  /* A server that was freed in the meantime has no functions. */
  if (report->text != NULL && self->funcs.reply != NULL)
    self->funcs.reply (report->popup, report->text, self->user_data);
  else if (report->action != NULL && self->funcs.action != NULL)
    self->funcs.action (report->popup, report->action, report->token, self->user_data);
  else if (report->action == NULL && report->text == NULL && self->funcs.closed != NULL)
    self->funcs.closed (report->popup, report->dismissed, self->user_data);

  return G_SOURCE_REMOVE;
}

void
onc_popup_server_show (OncPopupServer *self, OncPopup *popup)
{
  Slot *slot;

  g_mutex_lock (&self->lock);
  slot = g_hash_table_lookup (self->slots, popup->key);
  if (slot == NULL)
    {
      slot = g_new0 (Slot, 1);
      slot->server = self;
      slot->key = g_strdup (popup->key);
      g_hash_table_insert (self->slots, slot->key, slot);
    }
  g_clear_pointer (&slot->wanted, onc_popup_unref);
  slot->wanted = onc_popup_ref (popup);
  slot->turn = self->turns++;
  slot->attempts = 0;
  enqueue (self, slot);
  g_mutex_unlock (&self->lock);

  g_source_set_ready_time (self->work, 0);
}

void
onc_popup_server_set_own_sound (OncPopupServer *self, gboolean own_sound)
{
  onc_chime_set_on (self->chime, own_sound);
}

void
onc_popup_server_close (OncPopupServer *self, const char *key)
{
  Slot *slot;

  g_mutex_lock (&self->lock);
  slot = g_hash_table_lookup (self->slots, key);
  if (slot != NULL)
    {
      g_clear_pointer (&slot->wanted, onc_popup_unref);
      slot->turn = self->turns++;
      enqueue (self, slot);
    }
  g_mutex_unlock (&self->lock);

  g_source_set_ready_time (self->work, 0);
}

gboolean
onc_popup_server_settle (OncPopupServer *self, guint timeout_ms)
{
  gint64 deadline = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  gboolean settled;

  g_mutex_lock (&self->lock);
  while (!(settled = !self->busy && g_queue_is_empty (&self->pending)) &&
         g_cond_wait_until (&self->changed, &self->lock, deadline))
    ;
  g_mutex_unlock (&self->lock);

  return settled;
}

/* The rest runs in the worker. */

/* Returns: (transfer full): for send_report(), after what happened was filled in. */
static Report *
report_new (OncPopupServer *self, OncPopup *popup)
{
  Report *report = g_new0 (Report, 1);

  report->server = g_atomic_rc_box_acquire (self);
  report->popup = onc_popup_ref (popup);

  return report;
}

/* Takes @report. */
static void
send_report (Report *report)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  /* Not g_main_context_invoke(): that would run it in this thread while nobody iterates home. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_report, report, (GDestroyNotify) report_free);
  g_source_attach (source, report->server->home);
}

/* Lets go of what stands of @slot, without a word to the server. */
static void
drop_standing (Slot *slot)
{
  if (slot->standing != NULL)
    g_signal_handlers_disconnect_by_data (slot->standing, slot);
  g_clear_object (&slot->standing);
  g_clear_pointer (&slot->shown, onc_popup_unref);
}

/* What @slot shows has ended on the desktop: unless something newer is on its way, nothing is
 * wanted there any more. */
static void
end_slot (Slot *slot, gboolean dismissed)
{
  OncPopupServer *self = slot->server;

  g_mutex_lock (&self->lock);
  if (slot->wanted != NULL && slot->wanted == slot->shown)
    {
      Report *report = report_new (self, slot->shown);

      report->dismissed = dismissed;
      send_report (report);
      g_clear_pointer (&slot->wanted, onc_popup_unref);
    }
  enqueue (self, slot);
  g_mutex_unlock (&self->lock);

  g_source_set_ready_time (self->work, 0);
}

static void
on_closed (NotifyNotification *notification, gpointer user_data)
{
  Slot *slot = user_data;
  int reason = notify_notification_get_closed_reason (notification);

  end_slot (slot, reason == NOTIFY_CLOSED_REASON_DISMISSED);
  drop_standing (slot);
}

/* A person has used what @slot shows, as @report says, which is taken. Some servers close a popup
 * after that and some do not; some let a person click twice. */
static void
use_slot (Slot *slot, Report *report)
{
  send_report (report);
  if (!slot->shown->stays)
    {
      slot->used = TRUE;
      end_slot (slot, TRUE);
    }
}

static void
on_action (NotifyNotification *notification, char *action, gpointer user_data)
{
  Slot *slot = user_data;
  Report *report;

  if (slot->used)
    return;
  report = report_new (slot->server, slot->shown);
  report->action = g_strdup (action);
  report->token = g_strdup (notify_notification_get_activation_token (notification));
  use_slot (slot, report);
}

/* Returns: (nullable): what stands with that ID; another than @except (nullable). */
static Slot *
find_standing (OncPopupServer *self, int id, const Slot *except)
{
  GHashTableIter iter;
  Slot *slot;
  Slot *found = NULL;

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &slot))
    {
      if (slot != except && slot->standing != NULL && slot->id == id)
        found = slot;
    }
  g_mutex_unlock (&self->lock);

  return found;
}

/* libnotify 0.8 does not know this signal of Plasma's. */
static void
on_replied (GDBusConnection *connection,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer user_data)
{
  OncPopupServer *self = user_data;
  const char *text;
  guint32 id;
  Slot *slot;
  Report *report;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(us)")))
    return;
  g_variant_get (parameters, "(u&s)", &id, &text);
  slot = find_standing (self, (int) id, NULL);
  if (slot == NULL || slot->used || *text == '\0')
    return;
  report = report_new (self, slot->shown);
  report->text = g_strdup (text);
  use_slot (slot, report);
}

/* Has every popup looked at again that is wanted and does not stand. @failed: the server has just
 * failed all of them. */
static void
enqueue_waiting (OncPopupServer *self, gboolean failed)
{
  GHashTableIter iter;
  Slot *slot;

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &slot))
    {
      if (slot->wanted == NULL || slot->wanted == slot->shown)
        continue;
      slot->attempts += failed ? 1 : 0;
      if (slot->attempts < MAX_ATTEMPTS)
        enqueue (self, slot);
    }
  g_mutex_unlock (&self->lock);

  g_source_set_ready_time (self->work, 0);
}

/* Tells of an error, but not in the server's own words, which may repeat what a person wrote. */
static void
log_failure (const char *what, const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  g_message ("%s: %s", what, name != NULL ? name : error->message);
}

static void
on_capabilities (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                               &local_error);
  g_autofree const char **names = NULL;
  OncPopupServer *self = user_data;

  /* Cancelled: another server has come, and perhaps this object has gone. */
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->question);
  if (answer == NULL)
    {
      log_failure ("The notification server does not tell its capabilities", local_error);
      enqueue_waiting (self, TRUE);
      return;
    }

  g_variant_get (answer, "(^a&s)", &names);
  onc_popup_abilities_read (&self->abilities, names);
  self->answered = g_get_monotonic_time ();
  enqueue_waiting (self, FALSE);
}

/* Calls the server, and waits for the answer for as long as it lives, but holds up nothing.
 * libnotify's own calls block, and do not tell an error from an empty list. */
static void
ask (OncPopupServer *self, const char *method, const char *type, GAsyncReadyCallback callback)
{
  g_dbus_connection_call (self->connection, self->owner, SERVER_PATH, SERVER_INTERFACE, method,
                          NULL, G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT,
                          self->question, callback, self);
}

static void
on_name (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                               &local_error);
  const char *name = "";
  OncPopupServer *self = user_data;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (answer != NULL)
    g_variant_get_child (answer, 0, "&s", &name);
  self->named = TRUE;
  onc_popup_abilities_read_name (&self->abilities, name);
  ask (self, "GetCapabilities", "(as)", on_capabilities);
}

/* Asks the server for its capabilities, and before that, once, for its name. */
static void
ask_capabilities (OncPopupServer *self)
{
  if (self->question != NULL)
    return;

  self->question = g_cancellable_new ();
  if (self->named)
    ask (self, "GetCapabilities", "(as)", on_capabilities);
  else
    ask (self, "GetServerInformation", "(ssss)", on_name);
}

/* Asks the bus to start a server if it knows how to; the watch tells when there is one. */
static void
start_server (OncPopupServer *self)
{
  g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "StartServiceByName",
                          g_variant_new ("(su)", SERVER_NAME, 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, NULL, NULL);
}

/* Shows @popup in place of what stands of @slot. */
static gboolean
offer (OncPopupServer *self, Slot *slot, OncPopup *popup, GError **error)
{
  gboolean is_new = slot->standing == NULL;
  NotifyNotification *notification = is_new ? notify_notification_new (popup->title, NULL, NULL)
                                            : slot->standing;
  Slot *namesake;

  onc_popup_dress (popup, notification, &self->abilities, popup == slot->told, on_action, slot);
  if (!notify_notification_show (notification, error))
    {
      if (is_new)
        g_object_unref (notification);
      return FALSE;
    }

  if (is_new)
    g_signal_connect (notification, "closed", G_CALLBACK (on_closed), slot);
  slot->standing = notification;
  g_object_get (notification, "id", &slot->id, NULL);
  slot->used = FALSE;
  g_clear_pointer (&slot->shown, onc_popup_unref);
  slot->shown = onc_popup_ref (popup);
  if (popup != slot->told && !self->abilities.sound)
    onc_chime_play (self->chime, popup);
  g_clear_pointer (&slot->told, onc_popup_unref);
  slot->told = onc_popup_ref (popup);

  /* IDs are unique among the popups that stand, so one that comes twice has replaced the first. */
  while ((namesake = find_standing (self, slot->id, slot)) != NULL)
    {
      end_slot (namesake, FALSE);
      drop_standing (namesake);
    }
  return TRUE;
}

/* Has @popup stand in @slot, or sees to it that this can be tried later. */
static void
present (OncPopupServer *self, Slot *slot, OncPopup *popup)
{
  g_autoptr (GError) local_error = NULL;

  if (self->connection == NULL)
    return;
  if (self->owner == NULL)
    {
      start_server (self);
      return;
    }
  if (self->answered == 0 || g_get_monotonic_time () - self->answered > TRUST_SPAN)
    {
      ask_capabilities (self);
      return;
    }

  if (offer (self, slot, popup, &local_error))
    {
      self->answered = g_get_monotonic_time ();
      return;
    }

  log_failure ("The notification server did not take a popup", local_error);
  g_mutex_lock (&self->lock);
  slot->attempts++;
  g_mutex_unlock (&self->lock);
  self->answered = 0;
  ask_capabilities (self);
}

/* Closes what stands of @slot. */
static void
retract (OncPopupServer *self, Slot *slot)
{
  g_autoptr (GError) local_error = NULL;
  NotifyNotification *notification;

  if (slot->standing == NULL)
    return;

  notification = g_object_ref (slot->standing);
  drop_standing (slot);
  if (!notify_notification_close (notification, &local_error))
    g_debug ("The notification server did not close a popup: %s", local_error->message);
  g_object_unref (notification);
}

/* Makes one popup as it should be. */
static gboolean
on_work (gpointer user_data)
{
  OncPopupServer *self = user_data;
  g_autoptr (OncPopup) wanted = NULL;
  gboolean more;
  Slot *slot;

  g_mutex_lock (&self->lock);
  slot = g_queue_pop_head (&self->pending);
  if (slot != NULL)
    {
      slot->queued = FALSE;
      wanted = slot->wanted != NULL ? onc_popup_ref (slot->wanted) : NULL;
      self->busy = TRUE;
    }
  g_mutex_unlock (&self->lock);
  if (slot == NULL)
    return G_SOURCE_CONTINUE;

  if (wanted == NULL)
    retract (self, slot);
  else if (wanted != slot->shown)
    present (self, slot, wanted);

  g_mutex_lock (&self->lock);
  self->busy = FALSE;
  if (slot->wanted == NULL && slot->standing == NULL && !slot->queued)
    g_hash_table_remove (self->slots, slot->key);
  more = !g_queue_is_empty (&self->pending);
  if (!more)
    g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);

  if (more)
    g_source_set_ready_time (self->work, 0);
  return G_SOURCE_CONTINUE;
}

/* Forgets the server that was: its IDs and capabilities say nothing about the next. */
static void
forget_server (OncPopupServer *self)
{
  g_autoptr (GPtrArray) slots = g_ptr_array_new ();
  GHashTableIter iter;
  Slot *slot;

  if (self->question != NULL)
    g_cancellable_cancel (self->question);
  g_clear_object (&self->question);
  if (self->replies != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->replies);
  self->replies = 0;
  g_clear_pointer (&self->owner, g_free);
  self->named = FALSE;
  self->answered = 0;

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->slots);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &slot))
    {
      slot->attempts = 0;
      g_ptr_array_add (slots, slot);
    }
  g_mutex_unlock (&self->lock);

  /* Not under the lock, for libnotify may have something to ask even here. */
  for (guint i = 0; i < slots->len; i++)
    drop_standing (g_ptr_array_index (slots, i));
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char *name,
                  const char *owner,
                  gpointer user_data)
{
  OncPopupServer *self = user_data;

  forget_server (self);
  g_set_object (&self->connection, connection);
  self->owner = g_strdup (owner);
  self->replies = g_dbus_connection_signal_subscribe (
      connection, owner, SERVER_INTERFACE, "NotificationReplied", SERVER_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_replied, self, NULL);
  enqueue_waiting (self, FALSE);
}

static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  OncPopupServer *self = user_data;
  gboolean first = self->connection == NULL && connection != NULL;

  forget_server (self);
  g_set_object (&self->connection, connection);

  /* A server that has gone is not started again for what it showed: another may be about to come.
   */
  if (first)
    enqueue_waiting (self, FALSE);
}

static gboolean
is_stopping (OncPopupServer *self)
{
  gboolean stopping;

  g_mutex_lock (&self->lock);
  stopping = self->stopping;
  g_mutex_unlock (&self->lock);

  return stopping;
}

static gpointer
run (gpointer user_data)
{
  OncPopupServer *self = user_data;
  guint watch;

  g_main_context_push_thread_default (self->context);
  notify_init (ONC_DESKTOP_ENTRY);
  watch = g_bus_watch_name (G_BUS_TYPE_SESSION, SERVER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                            on_name_appeared, on_name_vanished, self, NULL);

  while (!is_stopping (self))
    g_main_context_iteration (self->context, TRUE);

  g_bus_unwatch_name (watch);
  g_source_destroy (self->work);
  forget_server (self);
  g_clear_object (&self->connection);
  notify_uninit ();
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);

  g_mutex_lock (&self->lock);
  self->finished = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  server_unref (self);
  return NULL;
}

/* The work source: a callback whenever its ready time is set. */
static gboolean
dispatch_work (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_source_set_ready_time (source, -1);
  return callback (user_data);
}

static GSourceFuncs work_funcs = { .dispatch = dispatch_work };

OncPopupServer *
onc_popup_server_new (const OncPopupServerFuncs *funcs, gpointer user_data)
{
  OncPopupServer *self = g_atomic_rc_box_new0 (OncPopupServer);

  self->home = g_main_context_ref_thread_default ();
  self->funcs = *funcs;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->slots = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) slot_free);
  g_queue_init (&self->pending);

  /* Below the priority of D-Bus signals: all that the server has said is known before it is told
   * something. */
  self->context = g_main_context_new ();
  self->work = g_source_new (&work_funcs, sizeof (GSource));
  g_source_set_priority (self->work, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (self->work, on_work, self, NULL);
  g_source_attach (self->work, self->context);
  self->chime = onc_chime_new ();

  self->thread = g_thread_new ("onc-popups", run, g_atomic_rc_box_acquire (self));
  return self;
}

void
onc_popup_server_free (OncPopupServer *self)
{
  gint64 deadline = g_get_monotonic_time () + END_SPAN;
  gboolean finished;

  memset (&self->funcs, 0, sizeof self->funcs);

  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  g_queue_clear (&self->pending);
  g_main_context_wakeup (self->context);
  while (!self->finished && g_cond_wait_until (&self->changed, &self->lock, deadline))
    ;
  finished = self->finished;
  g_mutex_unlock (&self->lock);

  if (finished)
    g_thread_join (self->thread);
  else
    g_thread_unref (self->thread);
  server_unref (self);
}
