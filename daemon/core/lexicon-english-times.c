/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* English: what times are made of, and what stands around them. */

#include "lexicon-english.h"

#define C(class) ONC_CLASS_BIT (class)

/* The regions whose clocks the names of zones mean: "PST" said in August is Los Angeles all the
 * same. "IST" is taken as India's, and "CST" as Chicago's. */
enum
{
  ZONE_UTC,
  ZONE_PACIFIC,
  ZONE_MOUNTAIN,
  ZONE_CENTRAL,
  ZONE_EASTERN,
  ZONE_LONDON,
  ZONE_PARIS,
  ZONE_ATHENS,
  ZONE_INDIA,
  ZONE_SINGAPORE,
  ZONE_HONG_KONG,
  ZONE_JAPAN,
  ZONE_SYDNEY,
  ZONE_ADELAIDE,
  ZONE_PERTH,
  ZONE_AUCKLAND,
  ZONE_SAO_PAULO,
  ZONE_JOHANNESBURG,
  ZONE_MOSCOW,
  ZONE_DUBAI,
  ZONE_MANILA,
  ZONE_KUALA_LUMPUR,
  ZONE_JAKARTA,
  ZONE_BANGKOK,
  ZONE_SEOUL,
  ZONE_KARACHI,
  ZONE_LAGOS,
  ZONE_NAIROBI,
  ZONE_ISTANBUL,
  ZONE_HALIFAX,
  ZONE_HONOLULU,
  ZONE_ANCHORAGE,
};

const char *const onc_lexicon_english_zones[] = {
  [ZONE_UTC] = "UTC",
  [ZONE_PACIFIC] = "America/Los_Angeles",
  [ZONE_MOUNTAIN] = "America/Denver",
  [ZONE_CENTRAL] = "America/Chicago",
  [ZONE_EASTERN] = "America/New_York",
  [ZONE_LONDON] = "Europe/London",
  [ZONE_PARIS] = "Europe/Paris",
  [ZONE_ATHENS] = "Europe/Athens",
  [ZONE_INDIA] = "Asia/Kolkata",
  [ZONE_SINGAPORE] = "Asia/Singapore",
  [ZONE_HONG_KONG] = "Asia/Hong_Kong",
  [ZONE_JAPAN] = "Asia/Tokyo",
  [ZONE_SYDNEY] = "Australia/Sydney",
  [ZONE_ADELAIDE] = "Australia/Adelaide",
  [ZONE_PERTH] = "Australia/Perth",
  [ZONE_AUCKLAND] = "Pacific/Auckland",
  [ZONE_SAO_PAULO] = "America/Sao_Paulo",
  [ZONE_JOHANNESBURG] = "Africa/Johannesburg",
  [ZONE_MOSCOW] = "Europe/Moscow",
  [ZONE_DUBAI] = "Asia/Dubai",
  [ZONE_MANILA] = "Asia/Manila",
  [ZONE_KUALA_LUMPUR] = "Asia/Kuala_Lumpur",
  [ZONE_JAKARTA] = "Asia/Jakarta",
  [ZONE_BANGKOK] = "Asia/Bangkok",
  [ZONE_SEOUL] = "Asia/Seoul",
  [ZONE_KARACHI] = "Asia/Karachi",
  [ZONE_LAGOS] = "Africa/Lagos",
  [ZONE_NAIROBI] = "Africa/Nairobi",
  [ZONE_ISTANBUL] = "Europe/Istanbul",
  [ZONE_HALIFAX] = "America/Halifax",
  [ZONE_HONOLULU] = "Pacific/Honolulu",
  [ZONE_ANCHORAGE] = "America/Anchorage",
};

#define POINT(day, part) 0, C (POINT), ONC_POINT (ONC_DAY_##day, ONC_PART_##part)

const OncLexiconRow onc_lexicon_english_times[] = {
/* Before times */
#define BEGIN(prep) 0, C (BEGIN), ONC_PREP_##prep
  { BEGIN (IN),
    "in|within|inside|in under|in less than|w/in|in another|in well under|well under|well within|"
    "well inside" },
  { BEGIN (BY),
    "by|no later than|not later than|by no later than|latest by|on or before|at latest by" },
  { ONC_WORD_BEFORE, C (BEGIN) | C (SUB), ONC_PREP_BEFORE,
    "before|b4|ahead of|prior to|in time for|in advance of|be4" },
  { BEGIN (AT), "at" },
  { ONC_WORD_AFTER, C (BEGIN) | C (SUB), ONC_PREP_AT,
    "just after|shortly after|a little after|a bit after|soon after|just past|shortly past|"
    "a little past|a bit past|not long after" },
  { ONC_WORD_BEFORE, C (BEGIN) | C (SUB), ONC_PREP_BEFORE,
    "just before|shortly before|a little before|a bit before|well before|right before|"
    "some time before|sometime before|any time before|anytime before" },
  { BEGIN (BY), "in the course of|over the course of|during the course of" },
  { BEGIN (ON), "on" },
  { ONC_WORD_UNTIL, C (BEGIN) | C (SUB), ONC_PREP_UNTIL, "until|till|til|untill|up until|'til" },
  { BEGIN (FOR), "for|for a period of|for a duration of|for a total of" },
  { ONC_WORD_AFTER, C (BEGIN) | C (SUB), ONC_PREP_AFTER, "after|following" },
  { ONC_WORD_SINCE, C (BEGIN) | C (SUB), ONC_PREP_SINCE, "since" },
  { BEGIN (SINCE),
    "last|as of|yesterday|yesterday at|over the last|over the past|for the past|for the last|"
    "in the last|in the past|during the last|the past|the last|within the last|within the past|"
    "these past|previous|instead of|rather than" },
  { BEGIN (FROM),
    "from|starting|effective|starting from|as from|starting at|starting on|beginning at|"
    "beginning on|commencing|commencing at" },
  { BEGIN (BETWEEN), "between|somewhere between|anywhere between" },
  { BEGIN (OVER), "during|throughout" },
  { ONC_WORD_OVER, C (BEGIN), ONC_PREP_OVER, "over" },
  { ONC_WORD_EVERY, C (BEGIN) | C (USUAL), ONC_PREP_EVERY,
    "every|each|per|every other|every single" },
  { ONC_WORD_THAN, C (BEGIN), ONC_PREP_THAN, "than|at least|more than|longer than|not until" },
  { BEGIN (THAN),
    "not before|no earlier than|no sooner than|upwards of|well over|later than|minimum|min of|"
    "earlier than|greater than" },
#undef BEGIN

  /* Inside times */
  { ONC_WORD_NEXT, 0, 0, "next|coming" },
  { ONC_WORD_ANOTHER, 0, 0, "another|a further|further|an extra|an additional|additional" },
  { ONC_WORD_MORE, 0, 0, "more|extra" },
  { ONC_WORD_LONGER, 0, 0, "longer" },
  { ONC_WORD_EXTRA, 0, 0, "whole|good|solid|full|short|quick|odd|entire|straight|quiet" },
  { ONC_WORD_OF, C (PREP), 0, "of" },
  { ONC_WORD_TO, 0, 0, "to" },
  { ONC_WORD_AND, C (AND), 0, "and|n" },
  { ONC_WORD_OR, C (AND), 0, "or" },
  { ONC_WORD_OR_SO, C (TAIL), 0, "or so|or thereabouts" },
  { ONC_WORD_HALF, C (TIME), 0, "half|half a|half an|a half" },
  { ONC_WORD_QUARTER, C (TIME), 0, "quarter|quarters|a quarter|qtr" },
  { ONC_WORD_PAST, 0, 0, "past" },
  { ONC_WORD_ISH, C (TAIL), 0, "ish" },
  { ONC_WORD_MAYBE, C (HEDGE), 0, "maybe|perhaps|possibly|maybe even" },
  { ONC_WORD_BUSINESS, 0, 0, "business|working|biz" },
  { ONC_WORD_FROM_NOW, C (TAIL), 0, "from now|from today|from this moment" },
  { ONC_WORD_TIME, 0, 0, "time" },

  /* Times without a clock */
  { 0, C (URGENT), 0,
    "asap|as soon as possible|immediate attention|urgent attention|immediate help|"
    "immediate assistance|urgent assistance|immediate support|urgent support|immediate reply|"
    "urgent reply|immediate answer|urgent answer|immediate intervention|urgent intervention|"
    "quick as you can|quickly as you can|fast as you can|as quickly as you can|"
    "as quick as you can|as fast as you can|soon as you can|"
    "quick as possible|soon as possible|quickly as possible|pronto|chop chop|double quick|"
    "without delay|"
    "immediate action|immediate response|urgent action|urgent help|urgent response|urgent|urgently|"
    "a.s.a.p|on priority|"
    "as fast as possible|as quickly as possible|top priority|high priority|asafp|"
    "at your earliest convenience|at your earliest|as soon as you can|"
    "as quick as possible|prioritise|prioritize|"
    "super urgent|soonest|as a matter of urgency|with priority|quick answer needed|"
    "stat please|please stat|please hurry|hurry please|pls hurry|quick reply needed|"
    "quick answer please|quick reply please" },
  { ONC_WORD_EARLIEST, C (URGENT), 0, "at the earliest|at earliest" },
  { ONC_WORD_AT_ONCE, C (URGENT) | C (SOON), 0,
    "immediately|right away|straight away|straightaway|at once" },
  { ONC_WORD_AT_ONCE, C (FILLER), 0, "right now|right this minute|this instant" },
  { 0, C (SOON), 0,
    "shortly|soon|in a bit|in a moment|in a sec|in a second|in a minute|in a while|"
    "in a mo|in a min|in a jiffy|in a tick|in a few|in due course|"
    "in a little while|in a little bit|in a short while|before long|very soon|momentarily|"
    "any minute now|any moment now|any second now|presently|any time now|any minute|"
    "as soon as i can|as soon as we can|when i can|when i get a chance|in a wee while|"
    "as fast as i can|as fast as we can|as quickly as i can|as quickly as we can|"
    "when i get a minute|when i get a moment|in the near future|in the coming days|"
    "over the coming days|in the coming hours|imminently|at some point|sometime soon|"
    "within a minute|within a moment|in just a moment|in just a sec|in just a bit" },
  { ONC_WORD_LATER, C (SOON), 0, "later|later on" },
  { ONC_WORD_MOMENT, 0, 0, "sec|second|minute|min|moment|mo|tick|ticks|jiffy" },
  { ONC_WORD_WHILE, 0, 0, "bit|while|little while|little bit|wee bit" },
  { ONC_WORD_ONE_MOMENT, 0, 0,
    "one sec|one second|one moment|one min|one minute|1 sec|just a sec|just a moment|"
    "just a second|just a minute|a moment please|two ticks|two shakes|half a tick|a sec|half a sec|"
    "half a mo|"
    "just one sec|just one moment|2 ticks|two secs|2 secs|moment please|sec please" },
  { 0, C (USUAL), 0,
    "usually|always|normally|generally|typically|often|sometimes|most days|daily|weekly|monthly|"
    "nightly|regularly|routinely|frequently|mondays|tuesdays|wednesdays|thursdays|fridays|"
    "saturdays|sundays|weekdays|weekends|mornings|afternoons|evenings|nights|automatically|"
    "by default|as a rule|in general|twice|once a|"
    "we 're closed|we are closed|we will be closed|we 'll be closed|we 're shut|we 're open|"
    "we are open|every so often|some day|someday|one of these days|one day we 'll|one day i 'll|"
    "standard|typical|average|avg|median|usual" },
  { ONC_WORD_POLICY, C (USUAL), 0,
    "policy|policies|first response|initial response|response target|service level|sla|slo|slas|"
    "slos|as standard|per contract|as per contract|"
    "as per the contract|per the contract|per our contract|as per our contract|under the contract|"
    "contractual|contractually|guaranteed response|guaranteed response time" },
  { ONC_WORD_HOURLY, C (USUAL) | C (TIME), 0, "hourly" },

  { 0, C (IDIOM) | C (FILLER), 0, "this time|this time around" },

  /* Stock phrases with time words in them */
  { 0, C (IDIOM), 0,
    "patch tuesday|black friday|cyber monday|good friday|casual friday|easter monday|"
    "earlier this week|earlier today|earlier this morning|earlier this afternoon|in no time|"
    "eleventh hour|last minute|rush hour|happy hour|office hours|day job|a matter of time|"
    "a matter of minutes|a matter of hours|a matter of days|these days|the other day|"
    "day in day out|in a heartbeat|"
    "once in a blue moon|in the blink of an eye|for the time being|time after time|"
    "at the same time|from time to time|at times|in time|on time|about time|high time|"
    "just in time|right on time|long time|first time|second time|third time|last time|next time|"
    "back to back|any time|first things first|first thing that|first thing which|"
    "the first thing that|the first thing to|first thing is|the first thing is|second to none|"
    "split second|a second look|"
    "for a second|back in the day|call it a day|save the day|make my day|give me a break|"
    "give us a break|hold on to|"
    "hours a day|hours a week|days a week|until now|till now|up to now|by now|before now|"
    "half the time|at the moment|until further notice|business hours|working hours|all day|"
    "all night|all morning|all afternoon|all week|the whole day|good day|good morning|"
    "good afternoon|good evening|good night|see you soon|talk soon|chat soon|see you later|"
    "speak soon|get well soon|sooner or later|better late than never|around the clock|"
    "round the clock|half of|half the|first half|second half|one at a time|day by day|"
    "the night before|the day before|will not be a minute|will not be a sec|will not be long|"
    "in a million years|at night|catch you later|the first time|the last time|time of day|sell by|"
    "use by" },

  /* Numbers */
  { 0, C (NUMBER), 1, "one" },
  { 0, C (NUMBER), 2, "two" },
  { 0, C (NUMBER), 3, "three" },
  { 0, C (NUMBER), 4, "four" },
  { 0, C (NUMBER), 5, "five" },
  { 0, C (NUMBER), 6, "six" },
  { 0, C (NUMBER), 7, "seven" },
  { 0, C (NUMBER), 8, "eight" },
  { 0, C (NUMBER), 9, "nine" },
  { 0, C (NUMBER), 10, "ten" },
  { 0, C (NUMBER), 11, "eleven" },
  { 0, C (NUMBER), 12, "twelve|a dozen|dozen" },
  { 0, C (NUMBER), 13, "thirteen" },
  { 0, C (NUMBER), 14, "fourteen" },
  { 0, C (NUMBER), 15, "fifteen" },
  { 0, C (NUMBER), 16, "sixteen" },
  { 0, C (NUMBER), 17, "seventeen" },
  { 0, C (NUMBER), 18, "eighteen" },
  { 0, C (NUMBER), 19, "nineteen" },
  { 0, C (NUMBER), 20, "twenty" },
  { 0, C (NUMBER), 30, "thirty" },
  { 0, C (NUMBER), 40, "forty|fourty" },
  { 0, C (NUMBER), 50, "fifty" },
  { 0, C (NUMBER), 60, "sixty" },
  { 0, C (NUMBER), 70, "seventy" },
  { 0, C (NUMBER), 80, "eighty" },
  { 0, C (NUMBER), 90, "ninety" },
  { ONC_WORD_COUPLE, C (NUMBER), 2, "couple|couple of|a couple|a couple of|coupla|a coupla|cpl" },
  { ONC_WORD_COUPLE, C (NUMBER), 3, "few|a few|couple few" },

  /* Units, in seconds; from a day on they are counted on the calendar */
  { 0, C (UNIT), ONC_UNIT_SECOND, "s|sec|second" },
  { ONC_WORD_PLURAL, C (UNIT), ONC_UNIT_SECOND, "secs|seconds" },
  { 0, C (UNIT), ONC_UNIT_MINUTE, "m|min|minute|mn" },
  { ONC_WORD_PLURAL, C (UNIT), ONC_UNIT_MINUTE,
    "mins|minutes|mints|mintues|minuts|mns|minutues|mins'" },
  { 0, C (UNIT), ONC_UNIT_HOUR, "h|hr|hour" },
  { ONC_WORD_PLURAL, C (UNIT), ONC_UNIT_HOUR, "hrs|hours|huors|houres" },
  { 0, C (UNIT), ONC_UNIT_DAY, "d|day" },
  { ONC_WORD_PLURAL, C (UNIT), ONC_UNIT_DAY, "days" },
  { 0, C (UNIT), ONC_UNIT_WEEK, "wk|week" },
  { ONC_WORD_PLURAL, C (UNIT), ONC_UNIT_WEEK, "wks|weeks" },
  { 0, C (UNIT), ONC_UNIT_FORTNIGHT, "fortnight" },
  { ONC_WORD_PLURAL, C (UNIT), ONC_UNIT_FORTNIGHT, "fortnights" },
  { 0, C (UNIT), ONC_UNIT_MONTH, "month|mth" },
  { ONC_WORD_PLURAL, C (UNIT), ONC_UNIT_MONTH, "months|mths" },

  /* Clocks */
  { ONC_WORD_AM, 0, 0, "am" },
  { ONC_WORD_PM, 0, 0, "pm" },
  { ONC_WORD_OCLOCK, 0, 0, "o'clock|oclock|o clock" },
  { ONC_WORD_OCLOCK, C (TAIL), 0, "sharp|on the dot" },
  { ONC_WORD_NOON, C (TIME), 0, "noon|midday|high noon|mid day|noonish" },
  { ONC_WORD_MIDNIGHT, C (TIME), 0, "midnight" },
  { ONC_WORD_TOP, C (TIME), 0,
    "top of every hour|the top of every hour|top of each hour|the top of each hour|"
    "top of the hour|the top of the hour|on the hour|end of the hour|the end of the hour" },
  { ONC_WORD_TOP, C (TIME), 30, "bottom of the hour|the bottom of the hour" },

  /* Days and their parts */
  { 0, C (WEEKDAY), 0, "monday|mon" },
  { 0, C (WEEKDAY), 1, "tuesday|tue|tues" },
  { 0, C (WEEKDAY), 2, "wednesday|wed|weds|wednsday" },
  { 0, C (WEEKDAY), 3, "thursday|thu|thur|thurs" },
  { 0, C (WEEKDAY), 4, "friday|fri" },
  { 0, C (WEEKDAY), 5, "saturday|sat" },
  { 0, C (WEEKDAY), 6, "sunday|sun" },
  { 0, C (MONTH), 1, "january|jan" },
  { 0, C (MONTH), 2, "february|feb" },
  { 0, C (MONTH), 3, "march|mar" },
  { 0, C (MONTH), 4, "april|apr" },
  { 0, C (MONTH), 5, "may" },
  { 0, C (MONTH), 6, "june|jun" },
  { 0, C (MONTH), 7, "july|jul" },
  { 0, C (MONTH), 8, "august|aug" },
  { 0, C (MONTH), 9, "september|sep|sept" },
  { 0, C (MONTH), 10, "october|oct" },
  { 0, C (MONTH), 11, "november|nov" },
  { 0, C (MONTH), 12, "december|dec" },
  { POINT (TODAY, NONE),
    "today|2day|later today|tdy|sometime today|still today|in the course of the day|today itself|"
    "during the day|later in the day|the rest of the day" },
  { POINT (TOMORROW, NONE),
    "tomorrow|tmrw|tmr|tomo|tomoz|2moro|tomorow|tommorow|tommorrow|tmw|2mrw|tomorrow itself|"
    "tmrrw|the next day|next day|the following day|tomorro" },
  { POINT (AFTER_TOMORROW, NONE), "day after tomorrow|the day after tomorrow" },
  { POINT (WEEK_END, NONE),
    "end of week|end of the week|eow|end of this week|later this week|this week|"
    "later in the week|week 's end|the end of the week|the end of this week|the end of week|"
    "close of week|back end of the week|this side of the weekend|before the week is out|"
    "before the week 's out|before the week is over|end of the working week|"
    "the end of the working week|end of the work week|the end of the work week" },
  { ONC_WORD_WEEKEND, C (POINT), ONC_POINT (ONC_DAY_WEEK_END, ONC_PART_NONE),
    "weekend|the weekend" },
  { POINT (WEEKEND, NONE),
    "over the weekend|at the weekend|on the weekend|this weekend|over weekend|during the weekend|"
    "end of the weekend|end of weekend|the end of the weekend" },
  { POINT (EARLY_NEXT_WEEK, NONE),
    "early next week|start of next week|beginning of next week|the beginning of next week|"
    "the start of next week" },
  { POINT (MID_NEXT_WEEK, NONE), "mid next week|middle of next week|the middle of next week" },
  { POINT (NEXT_WEEK, NONE),
    "next week|end of next week|the end of next week|late next week|next wk|later next week|"
    "sometime next week|the coming week" },
  { POINT (MONTH_END, NONE),
    "end of month|end of the month|month end|eom|end of this month|this month|"
    "the end of the month|the end of month|month 's end|the month 's end|later this month|"
    "the end of this month" },
  { POINT (NEXT_MONTH, NONE), "next month|end of next month|the end of next month" },
  { POINT (YEAR_END, NONE),
    "eoy|end of the year|end of year|the end of the year|end of this year" },
  { POINT (NEXT_BUSINESS, NONE),
    "next business day|the next business day|next working day|nbd|the next working day|"
    "next workday|the next workday" },
  { ONC_WORD_END_OF, C (TIME), 0, "end of|the end of" },
  { POINT (NONE, START), "first thing|1st thing|start of day|start of business|start of play|sod|"
                         "first thing in the morning|the start of business|the start of day" },
  { POINT (TODAY, MORNING), "this morning|later this morning" },
  { POINT (NONE, MORNING),
    "morning|in the morning|the morning|late morning|mid morning|end of the morning|"
    "the end of the morning" },
  { POINT (NONE, LUNCH),
    "before lunch|lunchtime|lunch time|by lunch|by lunchtime|at lunch|around lunch|"
    "around lunchtime|over lunch|at lunchtime|before lunchtime|b4 lunch|until lunch|til lunch|"
    "till lunch|pre lunch|ahead of lunch|this side of lunch|during lunch|in my lunch break|"
    "during my lunch break|over my lunch break" },
  { POINT (NONE, AFTER_LUNCH),
    "after lunch|post lunch|after my lunch|right after lunch|just after lunch|"
    "straight after lunch|early afternoon|after lunchtime|early arvo" },
  { POINT (TODAY, AFTERNOON), "this afternoon|later this afternoon|this arvo|late this afternoon" },
  { POINT (NONE, AFTERNOON),
    "afternoon|arvo|in the afternoon|late afternoon|late arvo|mid afternoon|the afternoon|"
    "the arvo" },
  { POINT (NONE, END),
    "end of day|end of the day|eod|cob|eob|eop|close of business|close of play|cop|"
    "end of business|end of play|day 's end|end of my day|end of our day|day end|end of your day|"
    "the end of the day|the end of day|the close of business|end of the business day|"
    "end of business day|the end of my day|close of day|end of the working day|"
    "end of the work day|end of shift|end of my shift|before i log off|before i leave|"
    "before i sign off|before i head out|before i finish up|before we leave|before you leave|"
    "before you log off|before i head home|before i go home|before we close|before i knock off|"
    "before you go home|before you head out|before home time|the end of play|before i clock off|"
    "before i call it a day|before leaving|before you go|before close|by close|before closing|"
    "by close of business|"
    "by close of play|before close of business|before close of play|"
    "by closing time|before we shut|before i finish for the day|before i log out|before i logoff|"
    "before logging off|the end of my shift|end of our shift|before the day is out|"
    "before the day 's out|before the day is over|before the day 's over|before i clock out|"
    "before i punch out|"
    "before i 'm off|before i 'm gone|before i pack up|before we pack up|"
    "before i shut down|before we shut up shop|by closing|before i close up|before we close up|"
    "before clocking off|before knocking off" },
  { POINT (TODAY, END), "end of today|the end of today" },
  { POINT (TODAY, EVENING), "this evening|later this evening|this eve" },
  { POINT (NONE, EVENING),
    "evening|in the evening|the evening|eve|early evening|late evening|mid evening" },
  { POINT (TODAY, NIGHT), "tonight|later tonight|today night|2nite|tonite|tnite" },
  { POINT (NONE, NIGHT), "night" },

  /* Zones */
  { ONC_WORD_ZERO_ZONE, C (ZONE), ZONE_UTC, "utc|gmt" },
  { 0, C (ZONE), ZONE_UTC, "z|zulu" },
  { 0, C (ZONE), ZONE_PACIFIC,
    "pt|pst|pdt|pacific|pacific time|us / pacific|la time|seattle time|san francisco time|"
    "california time|west coast time" },
  { 0, C (ZONE), ZONE_MOUNTAIN, "mt|mst|mdt|mountain|mountain time|us / mountain" },
  { 0, C (ZONE), ZONE_CENTRAL,
    "ct|cst|cdt|central|central time|us / central|chicago time|"
    "dallas time|texas time" },
  { 0, C (ZONE), ZONE_EASTERN,
    "et|est|edt|eastern|eastern time|us / eastern|new york time|ny time|nyc time|boston time|"
    "toronto time|east coast time" },
  { 0, C (ZONE), ZONE_LONDON,
    "bst|uk|uk time|london time|british time|dublin time|irish time|lisbon time" },
  { 0, C (ZONE), ZONE_PARIS,
    "cet|cest|berlin time|paris time|german time|french time|amsterdam time|madrid time|"
    "spanish time|central european time|rome time|stockholm time|vienna time|zurich time|"
    "brussels time|prague time|warsaw time|oslo time|copenhagen time|milan time|italian time|"
    "dutch time|swiss time|munich time|budapest time" },
  { 0, C (ZONE), ZONE_ATHENS,
    "eet|eest|athens time|helsinki time|bucharest time|kyiv time|sofia time" },
  { 0, C (ZONE), ZONE_INDIA, "ist|india time|indian time|indian standard time" },
  { 0, C (ZONE), ZONE_SINGAPORE, "sgt|singapore time" },
  { 0, C (ZONE), ZONE_HONG_KONG, "hkt|hong kong time" },
  { 0, C (ZONE), ZONE_JAPAN, "jst|tokyo time|japan time" },
  { 0, C (ZONE), ZONE_SYDNEY, "aest|aedt|sydney time|melbourne time|canberra time" },
  { 0, C (ZONE), ZONE_ADELAIDE, "acst|acdt" },
  { 0, C (ZONE), ZONE_PERTH, "awst|perth time" },
  { 0, C (ZONE), ZONE_AUCKLAND, "nzst|nzdt|nz time|auckland time" },
  { 0, C (ZONE), ZONE_SAO_PAULO, "brt" },
  { 0, C (ZONE), ZONE_JOHANNESBURG, "sast" },
  { 0, C (ZONE), ZONE_MOSCOW, "msk|moscow time" },
  { 0, C (ZONE), ZONE_DUBAI, "gst|dubai time" },
  { 0, C (ZONE), ZONE_MANILA, "pht|manila time|philippine time" },
  { 0, C (ZONE), ZONE_KUALA_LUMPUR, "myt|malaysia time|malaysian time|kl time" },
  { 0, C (ZONE), ZONE_JAKARTA, "wib|jakarta time" },
  { 0, C (ZONE), ZONE_BANGKOK, "ict|bangkok time|hanoi time|saigon time" },
  { 0, C (ZONE), ZONE_SEOUL, "kst|seoul time|korea time|korean time" },
  { 0, C (ZONE), ZONE_KARACHI, "pkt|karachi time|pakistan time" },
  { 0, C (ZONE), ZONE_LAGOS, "wat|lagos time" },
  { 0, C (ZONE), ZONE_NAIROBI, "nairobi time" },
  { 0, C (ZONE), ZONE_ISTANBUL, "trt|istanbul time|turkish time" },
  { 0, C (ZONE), ZONE_HALIFAX, "halifax time" },
  { 0, C (ZONE), ZONE_HONOLULU, "hst|hawaii time" },
  { 0, C (ZONE), ZONE_ANCHORAGE, "akst|akdt|alaska time" },
  { ONC_WORD_OWN_ZONE, C (ZONE), 0, "my time|local time|our time|local|my local time" },

  /* After a time: it is not one to come */
  { 0, C (BLOCK), 0,
    "ago|later|earlier|old|long|ahead|behind|late|faster|slower|apart|early|of|worth|straight|"
    "flat|in a row|and counting|notice|beforehand|longer than|overdue|past due|on end|'s|"
    "too late|shy|into|in advance|ahead of time|prior" },

  { 0, 0, 0, NULL },
};
