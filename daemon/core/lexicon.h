/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the words of a language mean to the readers of times and promises. The rules speak of
 * classes, and of a few words by name; the words themselves are in one table per language. */

#pragma once

#include "types.h"

G_BEGIN_DECLS

/* What a word can be. Many can be several things: "call" is a verb, an event and news. */
typedef enum
{
  ONC_CLASS_FIRST,    /* I, we: who speaks */
  ONC_CLASS_YOU,      /* who is spoken to */
  ONC_CLASS_PERSON,   /* he, she: somebody else */
  ONC_CLASS_THEY,     /* others, mostly outside the team */
  ONC_CLASS_IT,       /* it, this, that: the matter at hand */
  ONC_CLASS_SOMEONE,  /* someone, anybody: whoever reads it */
  ONC_CLASS_ME,       /* me, us */
  ONC_CLASS_OUR,      /* my, our */
  ONC_CLASS_ARTICLE,  /* the, a, your, some: a noun follows */
  ONC_CLASS_WH,       /* what, when, how */
  ONC_CLASS_WILL,     /* will, shall, going to */
  ONC_CLASS_MODAL,    /* can, should, might */
  ONC_CLASS_BE,       /* am, is, are, was */
  ONC_CLASS_DO,       /* do, does, did */
  ONC_CLASS_HAVE,     /* have, has, had */
  ONC_CLASS_NOT,      /* not, never, without */
  ONC_CLASS_PREP,     /* a preposition that begins no time */
  ONC_CLASS_AND,      /* and, then, but: another clause may follow */
  ONC_CLASS_IF,       /* if, unless: what follows is no fact */
  ONC_CLASS_SUB,      /* when, once, because: a clause that hangs on another */
  ONC_CLASS_FILLER,   /* ok, sorry, also: says nothing */
  ONC_CLASS_HEDGE,    /* probably, about: does not matter */
  ONC_CLASS_TAIL,     /* or so, tops: does not matter after a time */
  ONC_CLASS_PLEASE,   /* please, kindly */
  ONC_CLASS_URGENT,   /* as soon as possible */
  ONC_CLASS_SOON,     /* soon, later: a time that nobody can set a clock by */
  ONC_CLASS_USUAL,    /* usually, always, every: no single occasion */
  ONC_CLASS_BASE,     /* a verb as in "will send" */
  ONC_CLASS_S,        /* as in "sends" */
  ONC_CLASS_ING,      /* as in "sending" */
  ONC_CLASS_PAST,     /* as in "sent" */
  ONC_CLASS_REPORT,   /* a verb of telling: reply, call, update */
  ONC_CLASS_DELIVER,  /* a verb of handing over: send, share, ship */
  ONC_CLASS_WORK,     /* a verb of working on it: fix, check, restart */
  ONC_CLASS_RECEIVE,  /* what happens to who gets it: have, hear, see */
  ONC_CLASS_AIM,      /* aim, plan, promise: how sure one is of what follows */
  ONC_CLASS_THINK,    /* think, reckon: only the clause behind it counts */
  ONC_CLASS_SAY,      /* say, tell, claim: somebody's words follow */
  ONC_CLASS_NEED,     /* need, require */
  ONC_CLASS_WANT,     /* want, demand, ask for */
  ONC_CLASS_LAST,     /* take, last: a length of time follows */
  ONC_CLASS_SHIFT,    /* slip, move, bump: one time replaces another */
  ONC_CLASS_ABSENT,   /* leave, travel, meet: what people do instead of answering */
  ONC_CLASS_IDLE,     /* verbs that commit to nothing: bet, believe, miss */
  ONC_CLASS_NEWS,     /* update, report, fix: what is owed to the asker */
  ONC_CLASS_EVENT,    /* call, meeting, demo: happens at a time */
  ONC_CLASS_OUTSIDER, /* vendor, customer, a company */
  ONC_CLASS_TEAM,     /* team, engineer, colleague */
  ONC_CLASS_DONE,     /* fixed, ready, live: how it will be */
  ONC_CLASS_HERE,     /* back, online, around: how a person will be */
  ONC_CLASS_NOUN,     /* other nouns, which make "a 5 minute walk" of a time */
  ONC_CLASS_BEGIN,    /* in, by, at: a time may follow; value is an OncPrep */
  ONC_CLASS_NUMBER,
  ONC_CLASS_UNIT,
  ONC_CLASS_WEEKDAY,
  ONC_CLASS_MONTH,
  ONC_CLASS_POINT,   /* today, morning, end of day: value is an OncPoint */
  ONC_CLASS_ZONE,    /* value is an index for onc_lexicon_zone() */
  ONC_CLASS_MINUTES, /* brb, give me: a bare number behind it counts minutes */
  ONC_CLASS_BLOCK,   /* ago, later, old: the time before it is not one to come */
  ONC_CLASS_IDIOM,   /* in no time: a stock phrase with a time word in it */
  ONC_CLASS_TIME,    /* noon, half, quarter: what else a time can be made of */
} OncClass;

#define ONC_CLASS_BIT(class) (G_GUINT64_CONSTANT (1) << ONC_CLASS_##class)

/* What stands before a time, and how the time is bound to what is said. */
typedef enum
{
  ONC_PREP_NONE,
  ONC_PREP_IN, /* in, within */
  ONC_PREP_BY,
  ONC_PREP_BEFORE,
  ONC_PREP_AT,
  ONC_PREP_ON,
  ONC_PREP_UNTIL,
  ONC_PREP_FOR,
  ONC_PREP_AFTER,
  ONC_PREP_FROM,
  ONC_PREP_BETWEEN,
  ONC_PREP_SINCE, /* since, last: the time is over */
  ONC_PREP_EVERY,
  ONC_PREP_OVER,
  ONC_PREP_THAN, /* more than, at least, not before: a bound from below */
} OncPrep;

/* Words that rules know by name. */
typedef enum
{
  ONC_WORD_OTHER,
  ONC_WORD_A,
  ONC_WORD_ABOUT,
  ONC_WORD_AFTER,
  ONC_WORD_AGAIN,
  ONC_WORD_AM,
  ONC_WORD_AMEND,
  ONC_WORD_AND,
  ONC_WORD_ANOTHER,
  ONC_WORD_ARRIVAL,
  ONC_WORD_AS,
  ONC_WORD_ASK,
  ONC_WORD_AT_ONCE,
  ONC_WORD_BACK,
  ONC_WORD_BE,
  ONC_WORD_BEFORE,
  ONC_WORD_BOTH,
  ONC_WORD_BRB,
  ONC_WORD_BUSINESS,
  ONC_WORD_BUT,
  ONC_WORD_CAN,
  ONC_WORD_CHANCE,
  ONC_WORD_CHECK,
  ONC_WORD_COME,
  ONC_WORD_CORRECTION,
  ONC_WORD_COULD,
  ONC_WORD_COUNT_ON,
  ONC_WORD_COUPLE,
  ONC_WORD_CREW,
  ONC_WORD_DEADLINE,
  ONC_WORD_DISCLAIMED,
  ONC_WORD_DO,
  ONC_WORD_DOABLE,
  ONC_WORD_DUE,
  ONC_WORD_EARLIEST,
  ONC_WORD_END_OF,
  ONC_WORD_ENSURE,
  ONC_WORD_ESTIMATE,
  ONC_WORD_ETA,
  ONC_WORD_EVERY,
  ONC_WORD_EXPECT,
  ONC_WORD_EXTRA,
  ONC_WORD_FOLLOW,
  ONC_WORD_FROM_NOW,
  ONC_WORD_GET,
  ONC_WORD_GIVE,
  ONC_WORD_GO,
  ONC_WORD_HALF,
  ONC_WORD_HAVE,
  ONC_WORD_HEAR,
  ONC_WORD_HOLD,
  ONC_WORD_HOPE,
  ONC_WORD_HOURLY,
  ONC_WORD_I,
  ONC_WORD_IN_TOUCH,
  ONC_WORD_ISH,
  ONC_WORD_JOIN,
  ONC_WORD_KEEP,
  ONC_WORD_KEEP_POSTED,
  ONC_WORD_KNOW,
  ONC_WORD_LATER,
  ONC_WORD_LATEST,
  ONC_WORD_LEFT,
  ONC_WORD_LET,
  ONC_WORD_LET_KNOW,
  ONC_WORD_LET_ME_KNOW,
  ONC_WORD_LIKE,
  ONC_WORD_LONGER,
  ONC_WORD_LOOK,
  ONC_WORD_MAKE,
  ONC_WORD_MAYBE,
  ONC_WORD_ME,
  ONC_WORD_MIDNIGHT,
  ONC_WORD_MIGHT,
  ONC_WORD_MIND,
  ONC_WORD_MOMENT,
  ONC_WORD_MORE,
  ONC_WORD_MUST,
  ONC_WORD_NEED,
  ONC_WORD_NEEDED,
  ONC_WORD_NEXT,
  ONC_WORD_NO,
  ONC_WORD_NOON,
  ONC_WORD_NOW,
  ONC_WORD_OCLOCK,
  ONC_WORD_OF,
  ONC_WORD_OFF,
  ONC_WORD_OFFER,
  ONC_WORD_ONE_MOMENT,
  ONC_WORD_ON_IT,
  ONC_WORD_ON_LIST,
  ONC_WORD_ON_TRACK,
  ONC_WORD_OR,
  ONC_WORD_OR_SO,
  ONC_WORD_OUT,
  ONC_WORD_OVER,
  ONC_WORD_OWN_ZONE,
  ONC_WORD_PASS,
  ONC_WORD_PAST,
  ONC_WORD_PLACE,
  ONC_WORD_PLAN,
  ONC_WORD_PLURAL,
  ONC_WORD_POLICY,
  ONC_WORD_PM,
  ONC_WORD_POSTED,
  ONC_WORD_PRIVATE,
  ONC_WORD_PUSH,
  ONC_WORD_QUARTER,
  ONC_WORD_REPLY,
  ONC_WORD_REPORTED,
  ONC_WORD_RESUME,
  ONC_WORD_RETRY,
  ONC_WORD_SCHEDULED,
  ONC_WORD_SEE,
  ONC_WORD_SERVICE,
  ONC_WORD_SHOULD,
  ONC_WORD_SINCE,
  ONC_WORD_SLIP,
  ONC_WORD_START,
  ONC_WORD_STAY_TUNED,
  ONC_WORD_STILL,
  ONC_WORD_TAKE,
  ONC_WORD_TALK,
  ONC_WORD_THAN,
  ONC_WORD_THANKED,
  ONC_WORD_THANKS,
  ONC_WORD_THAT,
  ONC_WORD_THAT_DAY,
  ONC_WORD_THE,
  ONC_WORD_THEIR,
  ONC_WORD_THEN,
  ONC_WORD_THERE,
  ONC_WORD_THIS,
  ONC_WORD_THROUGH,
  ONC_WORD_TIME,
  ONC_WORD_TITLE,
  ONC_WORD_TO,
  ONC_WORD_TO_FOLLOW,
  ONC_WORD_TOP,
  ONC_WORD_TOWARDS,
  ONC_WORD_TRY,
  ONC_WORD_UNABLE,
  ONC_WORD_UNKNOWN,
  ONC_WORD_UNLESS,
  ONC_WORD_UNTIL,
  ONC_WORD_VITAL,
  ONC_WORD_WAIT,
  ONC_WORD_WEEKEND,
  ONC_WORD_WELL,
  ONC_WORD_WERE,
  ONC_WORD_WHEN,
  ONC_WORD_WHILE,
  ONC_WORD_WISH,
  ONC_WORD_WITH_YOU,
  ONC_WORD_WORK,
  ONC_WORD_WOULD,
  ONC_WORD_YOU,
  ONC_WORD_YOUR,
  ONC_WORD_ZERO_ZONE,
} OncWordId;

#define ONC_N_WORD_IDS (ONC_WORD_ZERO_ZONE + 1)

/* Which day a word such as "tomorrow" means, and which part of a day one such as "evening". The
 * value of a word with the class POINT is ONC_POINT (day, part). */
typedef enum
{
  ONC_DAY_NONE,
  ONC_DAY_TODAY,
  ONC_DAY_TOMORROW,
  ONC_DAY_AFTER_TOMORROW,
  ONC_DAY_WEEK_END, /* the end of this working week */
  ONC_DAY_WEEKEND,
  ONC_DAY_EARLY_NEXT_WEEK,
  ONC_DAY_MID_NEXT_WEEK,
  ONC_DAY_NEXT_WEEK,
  ONC_DAY_MONTH_END,
  ONC_DAY_NEXT_MONTH,
  ONC_DAY_YEAR_END,
  ONC_DAY_NEXT_BUSINESS,
  /* Those that follow need more than a word. */
  ONC_DAY_WEEKDAY,
  ONC_DAY_NEXT_WEEKDAY,
  ONC_DAY_OF_MONTH,
  ONC_DAY_DATE,
  ONC_DAY_COUNT,
  ONC_DAY_BUSINESS_COUNT,
  ONC_DAY_MONTH_COUNT,
} OncDay;

typedef enum
{
  ONC_PART_NONE,
  ONC_PART_START, /* first thing */
  ONC_PART_MORNING,
  ONC_PART_LUNCH,
  ONC_PART_AFTER_LUNCH,
  ONC_PART_AFTERNOON,
  ONC_PART_END,
  ONC_PART_EVENING,
  ONC_PART_NIGHT,
} OncPart;

#define ONC_POINT(day, part)  ((day) << 8 | (part))
#define ONC_POINT_DAY(value)  ((OncDay) ((value) >> 8))
#define ONC_POINT_PART(value) ((OncPart) ((value) &0xff))

/* Values of units, in seconds. From the day on what counts is the calendar. */
#define ONC_UNIT_SECOND    1
#define ONC_UNIT_MINUTE    60
#define ONC_UNIT_HOUR      (60 * ONC_UNIT_MINUTE)
#define ONC_UNIT_DAY       (24 * ONC_UNIT_HOUR)
#define ONC_UNIT_WEEK      (7 * ONC_UNIT_DAY)
#define ONC_UNIT_FORTNIGHT (14 * ONC_UNIT_DAY)
#define ONC_UNIT_MONTH     (30 * ONC_UNIT_DAY)

/* The most words that a phrase or what a word stands for may have. */
#define ONC_LEXICON_MAX_WORDS 6

/* A word or phrase of a language. */
typedef struct
{
  const char *text; /* lower case; words of a phrase are parted by one space */
  guint8 length;    /* of the text */
  OncWordId id;
  guint64 classes; /* bits of OncClass */
  gint value;      /* a number, a unit's seconds, a weekday, a month, an OncPoint, a zone */
  guint8 n_parts;  /* of a phrase, or of what the word stands for; 0 for a plain word */
  guint16 parts[ONC_LEXICON_MAX_WORDS]; /* their indexes */
  guint64 seconds; /* of a word: bits of the second words of all those phrases, modulo 64, so that
                    * most words need no look at them */
  guint16 phrase;  /* of a word: the longest phrase that begins with it; of a phrase: the next one
                    * that begins with the same word, no longer than this; 0 for none */
} OncWord;

typedef struct _OncLexicon OncLexicon;

/* Returns: (transfer none): the words of English, made ready when first asked for. */
const OncLexicon *onc_lexicon_english (void);

/* Returns: the index of the lower-case word @text of @length bytes, 0 when it is unknown. */
guint onc_lexicon_find (const OncLexicon *self, const char *text, gsize length);

/* Returns: (transfer none): all words and phrases, by their indexes; the first is nobody's. */
const OncWord *onc_lexicon_words (const OncLexicon *self);

/* Returns: (transfer none): the identifier of the zone with the value @zone of a word. */
const char *onc_lexicon_zone (const OncLexicon *self, gint zone);

G_END_DECLS
