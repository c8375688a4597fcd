/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The one error domain. Each code has a D-Bus name, see daemon/bus/errors.c. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ONC_ERROR_NOT_FOUND,        /* no such thread, person, group or channel */
  ONC_ERROR_INVALID_ARGUMENT, /* a value that cannot be read */
  ONC_ERROR_WRONG_STATE,      /* the thread's state does not allow it */
  ONC_ERROR_NOT_CONNECTED,    /* Slack cannot be reached now */
  ONC_ERROR_DENIED,           /* Slack refused: token, scope or permission */
  ONC_ERROR_RATE_LIMITED,     /* Slack asked us to wait */
  ONC_ERROR_CONFIG,           /* the configuration is wrong */
  ONC_ERROR_FAILED,           /* anything else */
} OncError;

#define ONC_N_ERRORS (ONC_ERROR_FAILED + 1)

#define ONC_ERROR (onc_error_quark ())
GQuark onc_error_quark (void);

G_END_DECLS
