/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "bus-private.h"

#include "debug-object.h"
#include "errors.h"
#include "manager.h"
#include "names.h"
#include "thread-properties.h"
#include "thread-tree.h"

#include <string.h>

/* How long after the first change all that have come by then are told, in milliseconds. Nobody sees
 * the difference, a burst is told as one, and the popup that a change calls for goes before the
 * signals about it. */
#define FLUSH_MS 20

/* In a flood it is later, so that telling takes no more than one part in so many of the time, but
 * never later than a panel may be behind that shows how fast numbers grow. */
#define FLUSH_SHARE  10
#define FLUSH_MAX_MS 1000

/* What has happened to a thread since the last flush. */
typedef struct
{
  OncThread *thread; /* (owned) */
  guint changes;     /* of OncChange */
} Change;

/* A signal that waits for the properties to be up to date. */
typedef struct
{
  OncThread *thread; /* (owned) */
  OncAlert kind;
  OncLevel level;
  char *promise; /* (owned) (nullable) key of the promise spoken of */
  guint repeat;
} Alert;

/* A method call that waits for its answer. */
typedef struct
{
  OncBus *bus;                       /* (owned) */
  GDBusMethodInvocation *invocation; /* (owned) */
} Call;

struct _OncBus
{
  GObject parent_instance;

  OncBusBackend backend;
  OncNaming naming;

  GDBusConnection *connection; /* (owned) (nullable) NULL: nothing is on the bus */
  OncManager *manager;         /* (owned) */
  OncThreadTree *threads;      /* (owned) */
  GPtrArray *changes;          /* (owned) of Change, in order of their first mention */
  GHashTable *changing;        /* (owned) number → Change (unowned) in `changes` */
  GPtrArray *alerts;           /* (owned) of Alert */
  OncTotals totals;            /* as they are to be told next */
  OncInstant next_due;         /* ... with the first promise due; 0: there is none */
  guint next_number;           /* ... and its thread's number; 0: as above */
  guint flush_id;              /* source; 0: nothing waits */
  guint flush_ms;              /* how long the next flush waits for more */
  guint owner_id;              /* of the name; 0: not asked for */
  guint debug_id;              /* of the object for tests; 0: there is none */
};

G_DEFINE_FINAL_TYPE (OncBus, onc_bus, G_TYPE_OBJECT)

static void
change_free (Change *self)
{
  onc_thread_unref (self->thread);
  g_free (self);
}

static void
alert_free (Alert *self)
{
  onc_thread_unref (self->thread);
  g_free (self->promise);
  g_free (self);
}

static gboolean
on_flush (gpointer user_data)
{
  OncBus *self = user_data;

  self->flush_id = 0;
  onc_bus_flush (self);
  return G_SOURCE_REMOVE;
}

static void
schedule_flush (OncBus *self)
{
  /* The default priority, so that a steady flow of events cannot put it off. */
  if (self->flush_id == 0)
    self->flush_id = g_timeout_add (self->flush_ms, on_flush, self);
}

static void
send_alert (OncBus *self, const Alert *alert)
{
  g_autofree char *path = onc_thread_path (alert->thread->number);
  const OncPromise *promise = onc_promise_find (alert->thread->promises, alert->promise);
  GVariantBuilder details;

  g_variant_builder_init (&details, G_VARIANT_TYPE_VARDICT);
  onc_thread_tree_add_to (self->threads, alert->thread, &details);
  g_variant_builder_add (&details, "{sv}", ONC_ALERT_KEY_REPEAT,
                         g_variant_new_uint32 (alert->repeat));
  if (promise != NULL)
    g_variant_builder_add (&details, "{sv}", ONC_ALERT_KEY_PROMISE,
                           onc_thread_properties_promise (alert->thread, promise, &self->naming));
  onc_dbus_manager_emit_alert (
      ONC_DBUS_MANAGER (self->manager), path, onc_alert_to_string (alert->kind),
      onc_level_to_string (alert->level), g_variant_builder_end (&details));
}

static void
show_totals (OncBus *self)
{
  g_autofree char *path = self->next_number != 0 ? onc_thread_path (self->next_number)
                                                 : g_strdup (ONC_BUS_NO_PATH);

  g_object_set (self->manager, "open-count", self->totals.open, "unclaimed-count",
                self->totals.unclaimed, "urgent-count", self->totals.levels[ONC_LEVEL_URGENT],
                "emergency-count", self->totals.levels[ONC_LEVEL_EMERGENCY], "overdue-count",
                self->totals.overdue, "next-due", self->next_due, "next-due-thread", path, NULL);
}

void
onc_bus_flush (OncBus *self)
{
  g_autoptr (GPtrArray) changes = g_steal_pointer (&self->changes);
  g_autoptr (GPtrArray) alerts = g_steal_pointer (&self->alerts);
  gint64 start = g_get_monotonic_time ();

  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  self->alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) alert_free);
  g_hash_table_remove_all (self->changing);
  g_clear_handle_id (&self->flush_id, g_source_remove);

  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = g_ptr_array_index (changes, i);

      onc_thread_tree_tell (self->threads, change->thread, change->changes);
    }
  show_totals (self);
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->manager));
  for (guint i = 0; i < alerts->len; i++)
    send_alert (self, g_ptr_array_index (alerts, i));
  self->flush_ms = (guint) CLAMP ((g_get_monotonic_time () - start) * FLUSH_SHARE / 1000, FLUSH_MS,
                                  FLUSH_MAX_MS);
}

static void
on_name_acquired (GDBusConnection *connection, const char *name, gpointer user_data)
{
  OncBus *self = user_data;

  self->backend.name_acquired (self->backend.data);
}

static void
on_name_lost (GDBusConnection *connection, const char *name, gpointer user_data)
{
  OncBus *self = user_data;

  self->backend.name_lost (self->backend.data);
}

static void
onc_bus_dispose (GObject *object)
{
  onc_bus_stop (ONC_BUS (object));
  G_OBJECT_CLASS (onc_bus_parent_class)->dispose (object);
}

static void
onc_bus_finalize (GObject *object)
{
  OncBus *self = ONC_BUS (object);

  g_clear_handle_id (&self->flush_id, g_source_remove);
  onc_thread_tree_free (self->threads);
  g_object_unref (self->manager);
  g_hash_table_unref (self->changing);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->alerts);
  G_OBJECT_CLASS (onc_bus_parent_class)->finalize (object);
}

static void
onc_bus_class_init (OncBusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = onc_bus_dispose;
  object_class->finalize = onc_bus_finalize;
}

static void
onc_bus_init (OncBus *self)
{
  onc_errors_register ();
  self->flush_ms = FLUSH_MS;
  self->manager = onc_manager_new (self);
  self->threads = onc_thread_tree_new (self);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  self->changing = g_hash_table_new (NULL, NULL);
  self->alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) alert_free);
}

OncBus *
onc_bus_new (const OncBusBackend *backend, const OncNaming *naming)
{
  OncBus *self = g_object_new (ONC_TYPE_BUS, NULL);

  self->backend = *backend;
  self->naming = *naming;
  return self;
}

gboolean
onc_bus_publish (OncBus *self, GDBusConnection *connection, GError **error)
{
  g_return_val_if_fail (self->connection == NULL, FALSE);

  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->manager), connection,
                                         ONC_BUS_PATH, error))
    return FALSE;

  if (self->backend.set_time != NULL)
    {
      self->debug_id = onc_debug_object_export (self, connection, error);
      if (self->debug_id == 0)
        return FALSE;
    }
  onc_bus_flush (self);
  if (!onc_thread_tree_publish (self->threads, connection, error))
    return FALSE;
  self->connection = g_object_ref (connection);
  self->owner_id = g_bus_own_name_on_connection (connection, ONC_BUS_NAME,
                                                 G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE,
                                                 on_name_acquired, on_name_lost, self, NULL);
  return TRUE;
}

void
onc_bus_stop (OncBus *self)
{
  if (self->connection == NULL)
    return;

  g_clear_handle_id (&self->owner_id, g_bus_unown_name);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->manager));
  onc_thread_tree_withdraw (self->threads);
  if (self->debug_id != 0)
    g_dbus_connection_unregister_object (self->connection, self->debug_id);
  g_clear_object (&self->connection);
}

void
onc_bus_thread_changed (OncBus *self, OncThread *thread, guint changes)
{
  Change *change = g_hash_table_lookup (self->changing, GUINT_TO_POINTER (thread->number));

  if (change == NULL)
    {
      change = g_new0 (Change, 1);
      change->thread = onc_thread_ref (thread);
      g_ptr_array_add (self->changes, change);
      g_hash_table_insert (self->changing, GUINT_TO_POINTER (thread->number), change);
    }
  else if (change->thread != thread)
    {
      onc_thread_unref (change->thread);
      change->thread = onc_thread_ref (thread);
    }
  /* What it is in the end counts: whoever appears and goes in one turn has not been there. */
  if ((changes & (ONC_CHANGE_APPEARED | ONC_CHANGE_GONE)) != 0)
    change->changes &= ~(guint) (ONC_CHANGE_APPEARED | ONC_CHANGE_GONE);
  change->changes |= changes;
  schedule_flush (self);
}

void
onc_bus_names_changed (OncBus *self)
{
  g_autoptr (GPtrArray) threads = onc_thread_tree_list_open (self->threads);

  for (guint i = 0; i < threads->len; i++)
    onc_bus_thread_changed (self, g_ptr_array_index (threads, i), ONC_CHANGE_NAMES);
}

void
onc_bus_alert (OncBus *self,
               OncThread *thread,
               OncAlert kind,
               OncLevel level,
               const char *promise,
               guint repeat)
{
  Alert *alert = g_new (Alert, 1);

  *alert = (Alert){ onc_thread_ref (thread), kind, level, g_strdup (promise), repeat };
  g_ptr_array_add (self->alerts, alert);
  schedule_flush (self);
}

void
onc_bus_set_link (OncBus *self, OncLink link, const char *text, OncInstant stale_since)
{
  g_object_set (self->manager, "state", onc_link_to_string (link), "state-text",
                text != NULL ? text : "", "stale-since", stale_since, NULL);
  /* Whoever hears that all is up to date finds it so. */
  if (self->flush_id != 0)
    onc_bus_flush (self);
}

void
onc_bus_set_last_event (OncBus *self, OncInstant last_event, OncSpan lag)
{
  g_object_set (self->manager, "last-event", last_event, "lag",
                (guint) MIN (lag / 1000, (OncSpan) G_MAXUINT), NULL);
}

void
onc_bus_set_pending_writes (OncBus *self, guint count)
{
  onc_dbus_manager_set_pending_writes (ONC_DBUS_MANAGER (self->manager), count);
}

void
onc_bus_set_on_call (OncBus *self, gboolean on_call, const char *const *members)
{
  g_object_set (self->manager, "on-call", on_call, "on-call-members", members, NULL);
}

void
onc_bus_set_me (OncBus *self, const char *const *me)
{
  onc_dbus_manager_set_me (ONC_DBUS_MANAGER (self->manager), me);
}

void
onc_bus_set_paused (OncBus *self, OncInstant until)
{
  onc_dbus_manager_set_paused_until (ONC_DBUS_MANAGER (self->manager), until);
}

void
onc_bus_set_totals (OncBus *self, const OncTotals *totals, const OncThread *next_due)
{
  guint number = next_due != NULL ? next_due->number : 0;
  OncInstant due = next_due != NULL ? next_due->next_due : 0;

  if (memcmp (&self->totals, totals, sizeof *totals) == 0 && self->next_number == number &&
      self->next_due == due)
    return;
  self->totals = *totals;
  self->next_number = number;
  self->next_due = due;
  schedule_flush (self);
}

const OncBusBackend *
onc_bus_get_backend (OncBus *self)
{
  return &self->backend;
}

const OncNaming *
onc_bus_get_naming (OncBus *self)
{
  return &self->naming;
}

OncThread *
onc_bus_find_thread (OncBus *self, const char *path)
{
  return onc_thread_tree_find (self->threads, path);
}

void
onc_bus_append_json (OncBus *self, OncThread *thread, GString *out, GTimeZone *zone)
{
  onc_thread_tree_append_json (self->threads, thread, out, zone);
}

char *
onc_bus_expose (OncBus *self, OncThread *thread)
{
  onc_bus_flush (self);
  onc_thread_tree_expose (self->threads, thread);
  return onc_thread_path (thread->number);
}

gpointer
onc_bus_begin (OncBus *self, GDBusMethodInvocation *invocation)
{
  Call *call = g_new (Call, 1);

  call->bus = g_object_ref (self);
  call->invocation = invocation;
  return call;
}

void
onc_bus_finish (gpointer token, const GError *error)
{
  Call *call = token;

  /* The caller is to find what the answer says. */
  onc_bus_flush (call->bus);
  if (error != NULL)
    onc_errors_return (call->invocation, error);
  else
    g_dbus_method_invocation_return_value (call->invocation, NULL);
  g_object_unref (call->bus);
  g_free (call);
}
