/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules for each form of clause. Only the files of rules include this. */

#pragma once

#include "deed.h"
#include "rule.h"
#include "scene.h"

G_BEGIN_DECLS

/* Without a verb: "next update at 4", "back in 10", "on track for 5pm". */
OncVerdict onc_rule_fragment (const OncScene *scene);

/* What somebody will, can or should do. */
OncVerdict onc_rule_future (const OncScene *scene);

/* What the reader will get or hear: "you'll have it by 4", "you get the numbers". */
OncVerdict onc_rule_receiving (const OncScene *scene);

/* What must be: "must be fixed by 3", "I need to hear from you by 10". */
OncVerdict onc_rule_must (const OncScene *scene);

/* What would be: guesses promise, wishes request. */
OncVerdict onc_rule_would (const OncScene *scene);

/* "ETA is 14:20", "I'm back at 4", "the goal is to be done by 3". */
OncVerdict onc_rule_copula (const OncScene *scene);

/* "I'm sending it at 4", "looking into it", "the customer is asking for it by 3". */
OncVerdict onc_rule_progressive (const OncScene *scene);

/* "you have until 4", "you get it today" */
OncVerdict onc_rule_yours (const OncScene *scene);

/* "I plan to ship on Friday", "you get it today", "the client wants it by 4". */
OncVerdict onc_rule_present (const OncScene *scene);

/* What is over promises nothing; but participles may stand without their "is". */
OncVerdict onc_rule_past (const OncScene *scene);

/* "that slips to 15:15", "pushing my update to 5:30": one point in time takes another's place. */
OncVerdict onc_rule_shift (const OncScene *scene);

/* Whether somebody else's wish is passed on: "the client is asking for it by 4". */
gboolean onc_rule_relays (const OncScene *scene);

/* "send it by 4", "let me check", "call you at 3". */
OncVerdict onc_rule_imperative (const OncScene *scene);

/* "can you send it by 4?", "any chance of a call before 3?" */
OncVerdict onc_rule_question (const OncScene *scene);

/* "I need it by 4", "we want an answer today". */
OncVerdict onc_rule_need (const OncScene *scene);

/* "someone please restart it by 4", "anyone free to look in the next hour?" */
OncVerdict onc_rule_plea (const OncScene *scene);

/* Whether what the clause hopes for or expects is for the reader to give or do: "hoping to get your
 * numbers", "I expect you to call". */
gboolean onc_rule_awaits_reader (const OncScene *scene);

/* Whether the clause asks others for something, whatever that is: "requesting the team to close
 * it", "we ask for your consent". */
gboolean onc_rule_asks_others (const OncScene *scene);

/* Whether @participle, which stands behind a form of "be", says that something is asked for or
 * expected of the reader by a time: "your signature is requested by 4". */
gboolean onc_rule_is_awaited (const OncScene *scene, const OncToken *participle);

/* Whether the clause puts what the author wants in front: "all I ask for is a call by 4", "what
 * would help most". Sets *@thing to the token behind "is", or to 0 when it does not say what. */
gboolean onc_rule_wants_most (const OncScene *scene, guint *thing);

/* "all I ask for is a call by 4", "what I need is another hour", "crucial to have it by noon". */
OncVerdict onc_rule_wanted (const OncScene *scene);

/* "give me 20 minutes", "allow us until 4", "bear with me", "need another 5". */
OncVerdict onc_rule_patience (const OncScene *scene);

G_END_DECLS
