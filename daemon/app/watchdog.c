/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "watchdog.h"

#include "log.h"

#include <systemd/sd-daemon.h>

struct _OncWatchdog
{
  OncIsWell is_well;
  gpointer user_data;
  guint source; /* 0: systemd does not ask */
};

static gboolean
on_time (gpointer user_data)
{
  OncWatchdog *self = user_data;

  if (self->is_well (self->user_data))
    sd_notify (0, "WATCHDOG=1");
  else
    onc_warning ("something hangs; leaving it to the watchdog");
  return G_SOURCE_CONTINUE;
}

OncWatchdog *
onc_watchdog_new (OncIsWell is_well, gpointer user_data)
{
  OncWatchdog *self = g_new0 (OncWatchdog, 1);
  guint64 timeout;

  self->is_well = is_well;
  self->user_data = user_data;
  /* A third of the time leaves room for one sign of life to be late. */
  if (sd_watchdog_enabled (0, &timeout) > 0)
    self->source = g_timeout_add ((guint) MAX (timeout / 3000, 1), on_time, self);

  return self;
}

void
onc_watchdog_free (OncWatchdog *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

void
onc_watchdog_ready (void)
{
  sd_notify (0, "READY=1");
}

void
onc_watchdog_reloading (void)
{
  sd_notify (0, "RELOADING=1");
}

void
onc_watchdog_stopping (void)
{
  sd_notify (0, "STOPPING=1");
}

void
onc_watchdog_status (const char *status)
{
  sd_notifyf (0, "STATUS=%s", status);
}
