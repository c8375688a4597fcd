/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "applet.h"

#include "dictionary.h"
#include "errand.h"
#include "face.h"
#include "menu.h"
#include "names.h"
#include "rota-menu.h"
#include "tray.h"

/* Where Qt's menus are, so that any panel has seen it there. */
#define MENU_PATH "/MenuBar"

struct _OncApplet
{
  GDBusConnection *connection; /* (owned) */
  void (*quit) (gpointer data);
  gpointer data;
  OncRota *rota;          /* (owned) */
  OncTray *tray;          /* (owned) */
  OncMenu *menu;          /* (owned) */
  char *activation_token; /* (owned) (nullable) of the click that comes next */
  gboolean can_write;     /* there is a window for replies ... */
  GCancellable *looking;  /* (owned) ... which is still looked for */
  guint idle;             /* that shows a change; 0: there is none */
};

/* An OncMenuBuild. */
static OncMenuItem *
build_menu (gpointer data)
{
  const OncApplet *self = data;

  return onc_rota_menu_build (self->rota, self->can_write, g_get_real_time ());
}

/* Runs @errand, with the token that came for it. */
static void
run (OncApplet *self, const OncErrand *errand)
{
  g_autofree char *activation_token = g_steal_pointer (&self->activation_token);

  onc_errand_run (errand, activation_token, self->connection);
}

/* An OncMenuClicked. */
static void
on_clicked (gpointer data, const OncErrand *errand)
{
  OncApplet *self = data;

  if (errand->kind == ONC_ERRAND_QUIT)
    self->quit (self->data);
  else
    run (self, errand);
}

static void
on_permitted (gpointer data, const char *token)
{
  OncApplet *self = data;

  g_free (self->activation_token);
  self->activation_token = *token != '\0' ? g_strdup (token) : NULL;
}

/* A click on the item opens what presses most. */
static void
on_activated (gpointer data)
{
  OncApplet *self = data;
  g_autoptr (GPtrArray) threads = onc_rota_list_threads (self->rota, g_get_real_time ());
  OncErrand errand = { ONC_ERRAND_OPEN, 0 };

  if (threads->len == 0)
    return;
  errand.thread = ((const OncPanelThread *) g_ptr_array_index (threads, 0))->number;
  run (self, &errand);
}

/* The middle button silences, as it does on a panel's loudspeaker, and ends the silence. */
static void
on_secondary (gpointer data)
{
  OncApplet *self = data;
  GVariant *manager = onc_rota_get_manager (self->rota);
  OncErrand errand = { ONC_ERRAND_PAUSE_AN_HOUR, 0 };

  if (manager != NULL && onc_dictionary_get_time (manager, "PausedUntil") != 0)
    errand.kind = ONC_ERRAND_RESUME;
  run (self, &errand);
}

/* A GSourceFunc: shows the rota as it is. */
static gboolean
on_idle (gpointer user_data)
{
  OncApplet *self = user_data;
  g_autoptr (OncFace) face = onc_face_new (self->rota, g_get_real_time ());

  self->idle = 0;
  onc_tray_set_face (self->tray, face);
  onc_menu_refresh (self->menu);
  return G_SOURCE_REMOVE;
}

/* An OncRotaChanged. What comes together is shown together. */
static void
on_changed (gpointer data)
{
  OncApplet *self = data;

  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
}

static void
on_activatable_names (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              NULL);
  g_autofree const char **names = NULL;
  OncApplet *self = user_data;

  /* Also when the applet is gone */
  if (reply == NULL)
    return;

  g_variant_get (reply, "(^a&s)", &names);
  self->can_write = g_strv_contains (names, ONC_COMPOSE_NAME);
  on_changed (self);
}

/* Whether the window for replies was installed, too */
static void
look_for_window (OncApplet *self)
{
  self->looking = g_cancellable_new ();
  g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ListActivatableNames", NULL,
                          G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1, self->looking,
                          on_activatable_names, self);
}

OncApplet *
onc_applet_new (GDBusConnection *connection,
                void (*quit) (gpointer data),
                gpointer data,
                GError **error)
{
  static const OncTrayEvents events = { on_permitted, on_activated, on_secondary };
  g_autoptr (OncApplet) self = g_new0 (OncApplet, 1);
  g_autoptr (OncFace) face = NULL;

  self->connection = g_object_ref (connection);
  self->quit = quit;
  self->data = data;
  self->rota = onc_rota_new (connection, on_changed, self);
  self->menu = onc_menu_new (connection, MENU_PATH, build_menu, on_clicked, self, error);
  if (self->menu == NULL)
    return NULL;
  /* Before the first panel looks at it */
  face = onc_face_new (self->rota, g_get_real_time ());
  self->tray = onc_tray_new (connection, MENU_PATH, face, &events, self, error);
  if (self->tray == NULL)
    return NULL;

  look_for_window (self);
  return g_steal_pointer (&self);
}

void
onc_applet_free (OncApplet *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->tray, onc_tray_free);
  g_clear_pointer (&self->menu, onc_menu_free);
  onc_rota_free (self->rota);
  g_free (self->activation_token);
  g_object_unref (self->connection);
  g_free (self);
}
