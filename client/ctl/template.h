/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Lines that a person lays out: "{{number}} {{level|color}} {{text|truncate(40)}}". A template is
 * checked as a whole before anything is printed by it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a template can name. */
typedef struct
{
  const char *name; /* in the template */
  const char *key;  /* of the dictionary that it is filled from */
  const char *type; /* as D-Bus writes it */
} OncField;

typedef struct _OncTemplate OncTemplate;

/* Reads @text, whose fields are the properties of @interface in snake_case and those of @more
 * (ending with a NULL name), which come first. @more and @interface live as long as the template.
 * Returns: (transfer full): NULL with an error that is ONC_EXIT_USAGE. */
OncTemplate *onc_template_new (const char *text,
                               const GDBusInterfaceInfo *interface,
                               const OncField *more,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for lines about one thread each; *@template is NULL where @text (nullable) is.
 * Returns: FALSE with an error. */
gboolean onc_template_new_for_threads (const char *text,
                                       OncTemplate **template,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void onc_template_free (OncTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncTemplate, onc_template_free)

/* Returns: (transfer full): the template filled from @dictionary (a{sv}), fit for a terminal.
 * @colour: whether the function color does anything. */
char *onc_template_fill (const OncTemplate *self, GVariant *dictionary, gboolean colour);

G_END_DECLS
