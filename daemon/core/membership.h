/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Who was in a user group, and when: a rota changes hands, and what somebody did while it was
 * theirs stays what it was. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

typedef struct _OncMembership OncMembership;

/* Returns: (transfer full): of a group that nothing is known of. */
OncMembership *onc_membership_new (void);
void onc_membership_free (OncMembership *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OncMembership, onc_membership_free)

/* @users are all members from @at on. Whoever is in the first such list always was. */
void onc_membership_set (OncMembership *self, const char *const *users, OncInstant at);

/* One of them comes or goes at @at, or at the last change that is known of them if that is later.
 */
void onc_membership_join (OncMembership *self, const char *user, OncInstant at);
void onc_membership_leave (OncMembership *self, const char *user, OncInstant at);

/* Whether @user was a member at @at. */
gboolean onc_membership_includes (const OncMembership *self, const char *user, OncInstant at);

/* Returns: (transfer full): who is a member now, in no order. */
GStrv onc_membership_list (const OncMembership *self);

/* Appends a line for each user to @text: "GROUP USER CAME LEFT CAME ...", instants in microseconds.
 * Who has left before @before is left out. */
void onc_membership_write (const OncMembership *self,
                           const char *group,
                           OncInstant before,
                           GString *text);

/* Takes in @words, a line of onc_membership_write() without its group. What makes no sense is
 * passed over. */
void onc_membership_read (OncMembership *self, const char *const *words);

G_END_DECLS
