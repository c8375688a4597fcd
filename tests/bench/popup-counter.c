/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "popup-counter.h"

#include "names.h"
#include "stopwatch.h"
#include "types.h"

#include <stdlib.h>
#include <systemd/sd-bus.h>

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

struct _PopupCounter
{
  sd_bus *bus; /* (owned) */
  guint n_popups;
  gint64 last;
};

/* sd-bus reports by errno values. */
static void
check (int result, const char *what)
{
  if (result < 0)
    g_error ("%s: %s", what, g_strerror (-result));
}

static int
on_notify (sd_bus_message *call, void *user_data, sd_bus_error *error)
{
  PopupCounter *self = user_data;

  self->last = stopwatch_now ();
  self->n_popups++;
  return sd_bus_reply_method_return (call, "u", self->n_popups);
}

static int
on_get_capabilities (sd_bus_message *call, void *user_data, sd_bus_error *error)
{
  return sd_bus_reply_method_return (call, "as", 3, "actions", "body", "body-markup");
}

static int
on_get_server_information (sd_bus_message *call, void *user_data, sd_bus_error *error)
{
  return sd_bus_reply_method_return (call, "ssss", "counter", "oncalld", ONC_VERSION, "1.2");
}

static int
on_close (sd_bus_message *call, void *user_data, sd_bus_error *error)
{
  return sd_bus_reply_method_return (call, "");
}

static const sd_bus_vtable vtable[] = {
  SD_BUS_VTABLE_START (0),
  SD_BUS_METHOD ("Notify", "susssasa{sv}i", "u", on_notify, SD_BUS_VTABLE_UNPRIVILEGED),
  SD_BUS_METHOD ("GetCapabilities", "", "as", on_get_capabilities, SD_BUS_VTABLE_UNPRIVILEGED),
  SD_BUS_METHOD (
      "GetServerInformation", "", "ssss", on_get_server_information, SD_BUS_VTABLE_UNPRIVILEGED),
  SD_BUS_METHOD ("CloseNotification", "u", "", on_close, SD_BUS_VTABLE_UNPRIVILEGED),
  SD_BUS_VTABLE_END,
};

PopupCounter *
popup_counter_new (void)
{
  PopupCounter *self = g_new0 (PopupCounter, 1);

  check (sd_bus_open_user (&self->bus), "cannot connect to the bus");
  check (sd_bus_add_object_vtable (self->bus, NULL, PATH, NAME, vtable, self), "cannot serve");
  check (sd_bus_request_name (self->bus, NAME, 0), "cannot take the name");
  return self;
}

void
popup_counter_free (PopupCounter *self)
{
  sd_bus_flush_close_unref (self->bus);
  g_free (self);
}

int
popup_counter_get_fd (PopupCounter *self)
{
  return sd_bus_get_fd (self->bus);
}

void
popup_counter_process (PopupCounter *self)
{
  while (sd_bus_process (self->bus, NULL) > 0)
    ;
}

guint
popup_counter_get (PopupCounter *self, gint64 *last)
{
  if (last != NULL)
    *last = self->last;
  return self->n_popups;
}

gboolean
popup_counter_ask_daemon_count (PopupCounter *self, const char *property, guint32 *value)
{
  return sd_bus_get_property_trivial (self->bus, ONC_BUS_NAME, ONC_BUS_PATH, ONC_BUS_MANAGER,
                                      property, NULL, 'u', value) >= 0;
}

gboolean
popup_counter_daemon_is_connected (PopupCounter *self)
{
  char *state = NULL;
  gboolean connected = FALSE;

  if (sd_bus_get_property_string (self->bus, ONC_BUS_NAME, ONC_BUS_PATH, ONC_BUS_MANAGER, "State",
                                  NULL, &state) >= 0)
    connected = g_strcmp0 (state, onc_link_to_string (ONC_LINK_CONNECTED)) == 0;
  free (state);

  return connected;
}
