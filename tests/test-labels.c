/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a person says that a thread is: categories, and no question at all. */

#include "error.h"
#include "world.h"

#include <string.h>

/* A wish of this person about thread 1 that is refused with @code. */
static void
assert_refused (World *world, OncActionKind kind, const char *tag, OncError code)
{
  OncThread *thread = onc_engine_find_number (world->engine, 1);
  const OncAction action = { .kind = kind, .user = WORLD_ME, .tag = tag };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) effects = onc_engine_act (world->engine, thread, &action, world->now,
                                                  &error);

  g_assert_null (effects);
  g_assert_error (error, ONC_ERROR, (int) code);
  if (code == ONC_ERROR_INVALID_ARGUMENT)
    g_assert_nonnull (strstr (error->message, "bug, data"));
}

static void
test_a_tag_puts_the_emoji_of_its_category_on (void)
{
  g_autoptr (World) world = world_new ();

  world_ask (world);
  g_assert_true (world_do (world, 1, (OncAction){ .kind = ONC_ACTION_TAG, .tag = "data" }));
  world_assert_told (world, "react 1 +vhs");
}

static void
test_what_is_no_category_is_refused_with_what_is_one (void)
{
  g_autoptr (World) world = world_new ();

  world_ask (world);
  assert_refused (world, ONC_ACTION_TAG, "vhs", ONC_ERROR_INVALID_ARGUMENT);
  assert_refused (world, ONC_ACTION_UNTAG, "", ONC_ERROR_INVALID_ARGUMENT);
}

static void
test_one_tag_of_a_kind_is_enough (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_react (world, WORLD_OTHER, NULL, root, "bug");
  g_assert_true (world_do (world, 1, (OncAction){ .kind = ONC_ACTION_TAG, .tag = "bug" }));
  world_react (world, WORLD_ME, NULL, root, "bug");
  assert_refused (world, ONC_ACTION_TAG, "bug", ONC_ERROR_WRONG_STATE);
}

static void
test_only_ones_own_tag_is_taken_back (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);

  world_react (world, WORLD_OTHER, NULL, root, "bug");
  assert_refused (world, ONC_ACTION_UNTAG, "bug", ONC_ERROR_WRONG_STATE);
  world_react (world, WORLD_ME, NULL, root, "bug");
  world_skip (world);
  g_assert_true (world_do (world, 1, (OncAction){ .kind = ONC_ACTION_UNTAG, .tag = "bug" }));
  world_assert_told (world, "react 1 -bug");
}

static void
test_no_question_is_closed_and_quiet (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (OncThread) thread = NULL;

  world_ask (world);
  thread = onc_thread_ref (onc_engine_find_number (world->engine, 1));
  g_assert_true (world_do (world, 1, (OncAction){ .kind = ONC_ACTION_DISMISS }));
  world_assert_told (world, "changed 1 gone state; withdraw 1");
  g_assert_cmpint (thread->state, ==, ONC_STATE_DISMISSED);
  g_assert_cmpuint (onc_engine_totals (world->engine).open, ==, 0);
  world_wait (world, ONC_DAY);
  world_assert_told (world, "");
}

static void
test_what_is_closed_cannot_be_dismissed (void)
{
  g_autoptr (World) world = world_new ();
  const char *root = world_ask (world);
  OncEvent *stored = onc_event_new (ONC_EVENT_STORED);

  stored->stored = onc_thread_ref (onc_engine_find_number (world->engine, 1));
  world_react (world, WORLD_OTHER, NULL, root, "white_check_mark");
  world_apply (world, stored);
  assert_refused (world, ONC_ACTION_DISMISS, NULL, ONC_ERROR_WRONG_STATE);
}

static void
test_a_dismissal_can_be_taken_back (void)
{
  g_autoptr (World) world = world_new ();
  OncEvent *stored = onc_event_new (ONC_EVENT_STORED);

  world_ask (world);
  stored->stored = onc_thread_ref (onc_engine_find_number (world->engine, 1));
  g_assert_true (world_do (world, 1, (OncAction){ .kind = ONC_ACTION_DISMISS }));
  world_wait (world, ONC_MINUTE);
  world_apply (world, stored);
  world_skip (world);
  g_assert_true (world_do (world, 1, (OncAction){ .kind = ONC_ACTION_REOPEN }));
  g_assert_cmpint (world_thread (world, 1)->state, ==, ONC_STATE_NEW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(test) g_test_add_func ("/labels/" #test, test_##test)
  ADD (a_tag_puts_the_emoji_of_its_category_on);
  ADD (what_is_no_category_is_refused_with_what_is_one);
  ADD (one_tag_of_a_kind_is_enough);
  ADD (only_ones_own_tag_is_taken_back);
  ADD (no_question_is_closed_and_quiet);
  ADD (what_is_closed_cannot_be_dismissed);
  ADD (a_dismissal_can_be_taken_back);
#undef ADD

  return g_test_run ();
}
