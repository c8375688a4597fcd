/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "errors.h"

#include "error.h"
#include "names.h"

/* The order is that of OncError. */
static const char *const names[] = {
  ONC_BUS_ERROR_PREFIX "NotFound",   ONC_BUS_ERROR_PREFIX "InvalidArgument",
  ONC_BUS_ERROR_PREFIX "WrongState", ONC_BUS_ERROR_PREFIX "NotConnected",
  ONC_BUS_ERROR_PREFIX "Denied",     ONC_BUS_ERROR_PREFIX "RateLimited",
  ONC_BUS_ERROR_PREFIX "Config",     ONC_BUS_ERROR_PREFIX "Failed",
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == ONC_N_ERRORS);

void
onc_errors_register (void)
{
  for (int code = 0; code < ONC_N_ERRORS; code++)
    (void) g_dbus_error_register_error (ONC_ERROR, code, names[code]);
}

void
onc_errors_return (GDBusMethodInvocation *invocation, const GError *error)
{
  if (error->domain == ONC_ERROR || error->domain == G_DBUS_ERROR)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    g_dbus_method_invocation_return_error_literal (invocation, ONC_ERROR, ONC_ERROR_FAILED,
                                                   error->message);
}
