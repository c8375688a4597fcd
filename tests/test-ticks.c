/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* When ticks come does not matter: the same story is told twice, once with a tick at every
 * deadline, once with ticks now and then, and has to end alike. */

#include "world.h"

/* Tells the story of @seed, with a tick at every deadline where @ticks is NULL. */
typedef void (*Story) (World *world, guint32 seed, GRand *ticks);

/* Lets the time pass up to @then. */
static void
pass_time (World *world, OncInstant then, GRand *ticks)
{
  while (ticks == NULL && onc_engine_next_deadline (world->engine) != 0 &&
         onc_engine_next_deadline (world->engine) <= then)
    world_wait (world, onc_engine_next_deadline (world->engine) - world->now);
  if (ticks != NULL && g_rand_boolean (ticks))
    world_wait (world, (then - world->now) / 2);
  world->now = then;
}

static void
tell_of_threads (World *world, guint32 seed, GRand *ticks)
{
  g_autoptr (GRand) story = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) roots = g_ptr_array_new ();
  static const char *const users[] = { WORLD_ME, WORLD_ASKER, WORLD_OTHER, WORLD_BOT };
  static const char *const texts[] = { "the export is wrong", "@oncall the export is wrong",
                                       "@devs it burns", "hi all" };

  for (guint i = 0; i < 60; i++)
    {
      const char *user = users[g_rand_int_range (story, 0, G_N_ELEMENTS (users))];
      const char *text = texts[g_rand_int_range (story, 0, G_N_ELEMENTS (texts))];
      int what = g_rand_int_range (story, 0, 6);
      const char *root = NULL;

      pass_time (world, world->now + g_rand_int_range (story, 1, 4000) * ONC_SECOND, ticks);

      if (roots->len > 0)
        root = g_ptr_array_index (roots, g_rand_int_range (story, 0, (int) roots->len));
      if (what == 0 || root == NULL)
        g_ptr_array_add (roots, (gpointer) world_post (world, user, NULL, text));
      else if (onc_engine_find (world->engine, WORLD_TEAM, WORLD_CHANNEL, root) == NULL)
        continue;
      else if (what == 1)
        world_post (world, user, root, text);
      else if (what == 2)
        world_react (world, user, NULL, root, "eyes");
      else if (what == 3)
        world_unreact (world, user, NULL, root, "eyes");
      else if (what == 4)
        world_edit (world, user, NULL, root, text);
      else if (g_rand_int_range (story, 0, 4) == 0)
        world_delete (world, NULL, root);
    }
  world_wait (world, ONC_HOUR);
}

static void
tell_of_promises (World *world, guint32 seed, GRand *ticks)
{
  g_autoptr (GRand) story = g_rand_new_with_seed (seed);
  const char *root = world_post (world, WORLD_ASKER, NULL, "@oncall I need this by 16:00");
  static const char *const users[] = { WORLD_ME, WORLD_ASKER, WORLD_OTHER };
  static const char *const texts[] = {
    "give me 30 minutes",       "I'll have an update in 10 minutes",
    "it is the cache",          "thanks",
    "which school is it?",      "give me another 20 minutes",
    "Harbour School",           "I'll be back in 2 hours",
    "I need it by 15:00 please"
  };

  for (guint i = 0; i < 40; i++)
    {
      const char *user = users[g_rand_int_range (story, 0, G_N_ELEMENTS (users))];
      const char *text = texts[g_rand_int_range (story, 0, G_N_ELEMENTS (texts))];

      pass_time (world, world->now + g_rand_int_range (story, 1, 1500) * ONC_SECOND, ticks);
      world_post (world, user, root, text);
    }
  world_wait (world, ONC_HOUR);
}

static void
tell_twice (Story tell, guint32 n_seeds)
{
  for (guint32 seed = 0; seed < n_seeds; seed++)
    {
      g_autoptr (World) punctual = world_new ();
      g_autoptr (World) late = world_new ();
      g_autoptr (GRand) ticks = g_rand_new_with_seed (seed + 1);
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      tell (punctual, seed, NULL);
      tell (late, seed, ticks);
      expected = world_state (punctual);
      found = world_state (late);
      g_test_message ("seed %u", seed);
      g_assert_cmpstr (found, ==, expected);
    }
}

static void
test_threads_end_alike (void)
{
  tell_twice (tell_of_threads, 200);
}

static void
test_promises_end_alike (void)
{
  tell_twice (tell_of_promises, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticks/threads_end_alike", test_threads_end_alike);
  g_test_add_func ("/ticks/promises_end_alike", test_promises_end_alike);
  return g_test_run ();
}
