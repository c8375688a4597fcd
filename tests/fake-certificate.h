/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Certificates that sign themselves, made by the openssl program and thrown away with the test. */

#pragma once

#include <gio/gio.h>

typedef struct
{
  char *directory;              /* (owned) */
  char *path;                   /* (owned) of the certificate: the authority that vouches for it */
  GTlsCertificate *certificate; /* (owned) with its key */
} FakeCertificate;

/* @name: as in an alternative name, "IP:127.0.0.1". @days: how long it is good; below 0: expired.
 */
FakeCertificate *fake_certificate_new (const char *name, int days);
void fake_certificate_free (FakeCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeCertificate, fake_certificate_free)
