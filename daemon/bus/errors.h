/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* OncError as D-Bus errors, org.oncalld1.Error.NAME; for the daemon and its clients. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Teaches GDBus the names, so that an OncError that is sent arrives as the same OncError. Calling
 * it again does nothing. */
void onc_errors_register (void);

/* Answers @invocation with @error; one that has no D-Bus name becomes ONC_ERROR_FAILED.
 * @invocation: (transfer full). */
void onc_errors_return (GDBusMethodInvocation *invocation, const GError *error);

G_END_DECLS
