/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Prints what many running promises cost: a tick with nothing due, a change that moves one among
 * the others, and a tick in which one comes due. For people to look at; that there is one deadline
 * for all of them is asserted. */

#include "stopwatch.h"
#include "world.h"

#include <stdio.h>

/* Measurements of each figure, of which the median is printed. */
#define ROUNDS 2001

/* Ticks in one measurement: one of them takes less time than looking at the clock. */
#define TICKS 1000

/* Promises are due within this, a second apart at least, so that no two are due at once. */
#define WITHIN_MINUTES (200 * 60)

typedef struct
{
  World *world;     /* (owned) */
  GPtrArray *roots; /* (owned) of ts (unowned) */
  GPtrArray *posts; /* (owned) of ts (unowned): the messages that promise */
  GRand *rand;      /* (owned) */
} Crowd;

static char *
make_text (Crowd *self)
{
  return g_strdup_printf ("I'll have an update in %d minutes",
                          g_rand_int_range (self->rand, 60, WITHIN_MINUTES));
}

/* Returns: @n threads with a promise each. */
static Crowd *
crowd_new (guint n)
{
  Crowd *self = g_new0 (Crowd, 1);

  self->world = world_new ();
  self->roots = g_ptr_array_new ();
  self->posts = g_ptr_array_new ();
  self->rand = g_rand_new_with_seed (1);
  for (guint i = 0; i < n; i++)
    {
      const char *root = world_post (self->world, WORLD_ASKER, NULL, "the export is wrong");
      g_autofree char *text = make_text (self);

      g_ptr_array_add (self->roots, (gpointer) root);
      g_ptr_array_add (self->posts, (gpointer) world_post (self->world, WORLD_OTHER, root, text));
    }

  return self;
}

static void
crowd_free (Crowd *self)
{
  world_free (self->world);
  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->posts);
  g_rand_free (self->rand);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Crowd, crowd_free)

/* The one alarm is that of whichever thread needs a decision first. */
static void
assert_one_deadline (const Crowd *self)
{
  OncInstant first = G_MAXINT64;

  for (guint i = 0; i < self->roots->len; i++)
    first = MIN (first, world_thread (self->world, i + 1)->wake);
  g_assert_cmpint (onc_engine_next_deadline (self->world->engine), ==, first);
}

/* Returns: nanoseconds. */
static double
measure_idle_tick (const Crowd *self)
{
  g_autoptr (GArray) spans = spans_new ();

  for (guint i = 0; i < ROUNDS / 10; i++)
    {
      gint64 start = stopwatch_now ();

      for (guint j = 0; j < TICKS; j++)
        g_ptr_array_unref (onc_engine_tick (self->world->engine, self->world->now));
      spans_add (spans, stopwatch_now () - start);
    }

  return spans_percentile (spans, 50) * 1000 / TICKS;
}

/* Returns: nanoseconds for an edit of one of the messages, which is read and moves its promise. */
static double
measure_change (Crowd *self)
{
  g_autoptr (GArray) spans = spans_new ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      guint which = (guint) g_rand_int_range (self->rand, 0, (gint32) self->roots->len);
      g_autofree char *text = make_text (self);
      gint64 start = stopwatch_now ();

      world_edit (self->world, WORLD_OTHER, g_ptr_array_index (self->roots, which),
                  g_ptr_array_index (self->posts, which), text);
      spans_add (spans, stopwatch_now () - start);
    }

  return spans_percentile (spans, 50) * 1000;
}

/* Returns: nanoseconds for a tick at the next deadline. */
static double
measure_due_tick (const Crowd *self)
{
  g_autoptr (GArray) spans = spans_new ();

  for (guint i = 0; i < ROUNDS / 10; i++)
    {
      OncSpan wait = onc_engine_next_deadline (self->world->engine) - self->world->now;
      gint64 start = stopwatch_now ();

      world_wait (self->world, wait);
      spans_add (spans, stopwatch_now () - start);
    }

  return spans_percentile (spans, 50) * 1000;
}

int
main (void)
{
  static const guint sizes[] = { 100, 1000, 10000 };

  printf ("%8s  %14s  %10s  %10s\n", "promises", "idle tick (ns)", "change (ns)", "due (ns)");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (Crowd) crowd = crowd_new (sizes[i]);
      double idle;
      double change;

      assert_one_deadline (crowd);
      idle = measure_idle_tick (crowd);
      change = measure_change (crowd);
      assert_one_deadline (crowd);
      printf ("%8u  %14.0f  %11.0f  %8.0f\n", sizes[i], idle, change, measure_due_tick (crowd));
    }
  return 0;
}
