/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* English: British, American, Indian, Australian, and as people type it. The lexer has parted
 * contractions: "I'll" is "i 'll", "can't" is "can not", "it's" is "it 's". */

#include "lexicon-english.h"

#define C(class) ONC_CLASS_BIT (class)

static const OncLexiconRow words[] = {
  /* Spellings. "id" and "well" are not here: they are words of their own. */
  { 0, 0, 0,
    "ill=i will|im=i am|ive=i have|ima=i will|imma=i will|iam=i am|i'ma=i will|youll=you will|"
    "youre=you are|youve=you have|itll=it will|thatll=that will|theyll=they will|theyre=they are|"
    "weve=we have|hes=he is|shes=she is|its=it is|dont=do not|doesnt=does not|didnt=did not|"
    "cant=can not|cannot=can not|wont=will not|shant=shall not|isnt=is not|wasnt=was not|"
    "arent=are not|havent=have not|hasnt=has not|hadnt=had not|wouldnt=would not|"
    "shouldnt=should not|couldnt=could not|aint=is not|dunno=do not know|whats=what is|"
    "werent=were not|cud=could|cld=could|wud=would|wld=would|gimme=give me|gis=give us|giz=give us|"
    "gime=give me|lemme=let me|gonna=going to|gotta=got to|wanna=want to|"
    "oneish=one ish|twoish=two ish|threeish=three ish|fourish=four ish|fiveish=five ish|"
    "sixish=six ish|sevenish=seven ish|eightish=eight ish|nineish=nine ish|tenish=ten ish|"
    "elevenish=eleven ish|twelveish=twelve ish|y'all=you|yall=you|"
    "u=you|ya=you|ye=you|yous=you|youse=you|yiz=you|yer=your|ur=your|gie=give|tae=to|"
    "cannae=can not|"
    "dinnae=do not|willnae=will not|isnae=is not|wasnae=was not|gonnae=going to|gunna=going to|"
    "goin=going|lets=let us|let's=let us|getcha=get you|gotcha=got you|gtg=have to go" },

  /* Persons */
  { ONC_WORD_I, C (FIRST), 0, "i|we" },
  { 0, C (FIRST), 0,
    "two of us|both of us|the two of us|the three of us|all of us|a couple of us|some of us|"
    "my team and i|my colleague and i|"
    "one of us|someone from our team|somebody from our team|someone on our team|"
    "someone from the team|somebody from the team|someone on the team" },
  { ONC_WORD_YOU, C (YOU), 0, "you|you guys|you all|you lot|you folks|you both" },
  { 0, C (PERSON), 0, "he|she" },
  { 0, C (THEY), 0, "they" },
  { 0, C (IT), 0, "it|everything|which|this one|that one" },
  { ONC_WORD_THIS, C (IT) | C (ARTICLE), 0, "this|these|those" },
  { ONC_WORD_THIS, C (ARTICLE), 0, "this coming" },
  { ONC_WORD_THAT, C (IT) | C (ARTICLE) | C (SUB), 0, "that" },
  { 0, C (SOMEONE), 0,
    "someone|somebody|anyone|anybody|sb|smb|some1|any1|sum1|one of you|one of you guys|any of you|"
    "one of you lot|any of you guys|"
    "a person|a human|some person|someone else|anyone else|who can|who could|who will|whoever|"
    "who 's able to|who is able to|"
    "who 's free to|who is free to|who 's around to" },
  { ONC_WORD_ME, C (ME), 0, "me" },
  { 0, C (ME), 0, "us" },
  { 0, C (OUR), 0, "my|our" },
  { ONC_WORD_THE, C (ARTICLE), 0, "the" },
  { ONC_WORD_A, C (ARTICLE) | C (NUMBER), 1, "a|an" },
  { ONC_WORD_YOUR, C (ARTICLE), 0, "your" },
  { 0, C (ARTICLE), 0, "the rest of the|rest of the|the remainder of the|the last of the" },
  { 0, C (ARTICLE), 0, "some|any|such|whose" },
  { ONC_WORD_THEIR, C (ARTICLE), 0, "their|his|her" },
  { ONC_WORD_NO, C (NOT) | C (ARTICLE), 0, "no" },
  { 0, C (WH), 0,
    "what|how|why|who|where|how long|how soon|by when|what time|wth|wtf|whatever|whichever" },

  /* Auxiliary verbs */
  { 0, C (WILL), 0, "will|'ll|'l|shall|wil|willl|wll|going to|about to" },
  { ONC_WORD_WOULD, C (MODAL), 0, "would|'d" },
  { ONC_WORD_COULD, C (MODAL), 0, "could" },
  { ONC_WORD_MIGHT, C (MODAL), 0, "may|might" },
  { ONC_WORD_CAN, C (MODAL), 0, "can" },
  { 0, C (MODAL), 0, "able to|in a position to" },
  { ONC_WORD_CAN, C (MODAL), 0, "happy to|glad to|more than happy to|pleased to" },
  { ONC_WORD_SHOULD, C (MODAL), 0, "should|shud|ought to" },
  { ONC_WORD_MUST, C (MODAL), 0, "must|have to|'ve to|has to|having to|needs to|got to|need to" },
  { 0, C (MODAL) | C (PAST), 0, "had to|needed to|meant to|supposed to|used to" },
  { ONC_WORD_BE, C (BE) | C (BASE), 0, "be" },
  { 0, C (BE), 0, "am|is|are|r|'m|'re|'s" },
  { 0, C (BE) | C (PAST), 0, "was" },
  { ONC_WORD_BE, C (BE) | C (PAST), 0, "been" },
  { ONC_WORD_WERE, C (BE) | C (PAST), 0, "were" },
  { 0, C (BE) | C (ING), 0, "being" },
  { 0, C (DO), 0, "do|does" },
  { 0, C (DO) | C (PAST), 0, "did" },
  { ONC_WORD_HAVE, C (HAVE), 0, "have|has|'ve" },
  { 0, C (HAVE) | C (PAST), 0, "had" },
  { 0, C (NOT), 0,
    "not|never|nobody|none|nothing|hardly|barely|n't|rarely|no one|noone|no longer|no way|"
    "neither|nor|without|no chance|not a chance|fat chance|zero chance|slim chance|little chance|"
    "no hope|no prospect|doubtful|unlikely|impossible|doubt|doubts|too early to|"
    "too soon to|far from|failing a|failing an|failing any|barring a|barring an|"
    "in the absence of" },
  { ONC_WORD_UNABLE, C (NOT), 0, "can not|unable to|unable" },

  /* Joining clauses */
  { ONC_WORD_BUT, C (AND), 0, "but|however|yet|except|though|although" },
  { ONC_WORD_THEN, C (AND), 0,
    "then|by then|after that|right after|straight after|afterwards|before then|before that|"
    "just after|after which|thereafter|and then|at that point|at which point|at that time|"
    "right after that|before i go" },
  /* At the time that was just said */
  { ONC_WORD_THEN, C (FILLER), 0,
    "when they do|when it does|once they do|once it does|when that happens|once that happens|"
    "as soon as they do|as soon as it does|from there" },
  { 0, C (WORK) | C (BASE), 0,
    "give me a hand|give us a hand|sit down with|sit with|do the same|do the needful|get on to|"
    "get onto|get hold of|get right on|get right onto|get to the bottom of|"
    "get to work on|get cracking on|get going on|get stuck into|get stuck in|fail over|"
    "double check|sanity check|spot check" },
  { 0, C (WORK) | C (ING), 0, "failing over" },
  { 0, C (REPORT) | C (BASE), 0, "write up" },
  { ONC_WORD_WITH_YOU, C (DELIVER) | C (BASE), 0,
    "hit your inbox|hit your desk|hit your mailbox|hit your queue" },
  { ONC_WORD_THAT_DAY, 0, 0, "that day|the same day|same day|on that day" },
  { 0, C (AND), 0, "so|hence|therefore|meanwhile|plus" },
  { ONC_WORD_UNLESS, C (IF), 0, "unless" },
  { 0, C (IF), 0,
    "if|if only|i wish|wish i|wish we|whether|suppose|supposing|assuming|provided|in case|even if|"
    "what if|only if|had we|had i|"
    "had they|in the event|wonder|wondering|not sure|unsure|as far as|as much as" },
  { ONC_WORD_WHEN, C (SUB), 0,
    "when|whenever|once|as soon as|soon as|by the time|the moment|the minute|the instant" },
  { 0, C (SUB), 0,
    "because|cos|cuz|coz|bc|while|whilst|so that|now that|as long as|given that|"
    "whereas|every time|due to" },
  { ONC_WORD_AS, C (SUB), 0, "as" },
  { ONC_WORD_THROUGH, C (PREP), 0, "through|thru" },
  { 0, C (PREP), 0,
    "with|about|into|onto|via|through|against|behind|across|out of|w|regarding|as per|along|amid|"
    "despite|versus|vs|like|re" },
  { ONC_WORD_OFF, C (PREP), 0, "off" },
  { ONC_WORD_TOWARDS, C (PREP), 0, "towards|toward" },

  /* Saying nothing here */
  { 0, C (FILLER), 0,
    "ok|okay|okey|k|kk|sure|yes|yeah|yep|yup|aye|right|alright|alrighty|ha|hah|"
    "great|cool|hi|hello|hey|hiya|dear|"
    "folks|guys|mate|mates|na|team hi|morning all|hi all|fyi|btw|tbh|imo|afaik|tldr|fwiw|also|"
    "too|either|oh|ah|hmm|hm|um|uh|phew|just|basically|badly|anyway|anyhow|lol|haha|man|dude|bro|"
    "honest|honestly|sir|madam|indeed|currently|already|here|atm|itself|same|"
    "noted|understood|agreed|got you|got it|copy that|roger|ack|acked|oops|yikes|argh|"
    "in the meantime|meantime|for now|as promised|as discussed|from our side|from my side|"
    "on our side|on our end|on my end|from my end|from our end|on my side|personally|certainly|"
    "absolutely|definitely|def|defo|gladly|happily|obviously|perfect|awesome|nice|fair enough|"
    "habibi|habibti|bhai|bru|boet|oga|abeg|lah|lor|leh|eh|oi|och|grand|grand so|right so|yaar|"
    "inshallah|insha'allah|ojala|por favor|merci|gracias|danke|servus|moin|hallo|salut|ciao|"
    "nae bother|no bother|neh|hola|bonjour|good day|greetings|dear all|hi there|hello all|hey all|"
    "hi team|hello team|dear team|"
    "home stretch|on the home stretch|last bit|last leg|final stretch|final step|last step|"
    "not long now|will not be long|should not be long|not be long|not long to go|"
    "myself|ourselves|yourself|yourselves|himself|herself|themselves|"
    "as we speak|"
    "makes sense|sounds good|definately|unfortunately|sadly|thankfully|luckily|finally|"
    "eventually|simply|quickly|nearly there|almost there|nearly done|almost done|getting there|"
    "no worries|no problem|no prob|np|no sweat|no drama|no dramas|not a problem|not to worry|"
    "no probs|never mind|nevermind|yeah nah|nah yeah|nah|nope|early|late|yet|at this point|"
    "first of all|to be honest|as you know|good question|my apologies|as well|might as well|"
    "may as well|for the delay|for the wait|for waiting|for the trouble|for your patience|"
    "for the inconvenience|for the confusion|rest assured|be assured|trust me|unchanged" },
  { ONC_WORD_BOTH, C (FILLER), 0, "both|all" },
  { ONC_WORD_STILL, C (FILLER), 0, "still" },
  { ONC_WORD_THANKS, C (FILLER), 0, "thanks|thank you|thx|ty|tx|cheers|ta|many thanks" },
  /* Behind a time they put another in its place. */
  { ONC_WORD_AMEND, C (FILLER), 0,
    "sorry|soz|sry|apologies|apols|actually|er|err|i mean|or rather|no wait|wait no|no sorry|"
    "sorry no|"
    "i meant|no actually|actually no" },
  { ONC_WORD_CORRECTION, C (FILLER), 0, "my bad|my mistake|typo|oops" },
  { ONC_WORD_NOW, C (FILLER), 0, "now" },
  { ONC_WORD_AGAIN, C (FILLER), 0, "again" },
  { ONC_WORD_THERE, C (FILLER), 0, "there" },
  { ONC_WORD_WELL, C (FILLER), 0, "well" },

  /* Hedges change nothing before a time or a verb, tails nothing after a time */
  { ONC_WORD_ESTIMATE, C (HEDGE), 0,
    "with luck|with any luck|all going well|all being well|if all goes well|fingers crossed|"
    "if all goes to plan|knock on wood|touch wood|if everything goes well|with a bit of luck|"
    "barring surprises|barring any surprises|barring problems|"
    "in the god willing|all things being equal" },
  { ONC_WORD_ABOUT, C (HEDGE), 0, "about|around|circa|abt|round about|around about" },
  { 0, C (HEDGE), 0,
    "ballpark|ball park|in the region of|somewhere around|somewhere in the region of|at a guess|"
    "if i had to guess|realistically speaking|"
    "roughly|approx|approximately|ca|some|est|like|prob|probably|prolly|probs|hopefully|likely|"
    "most likely|ideally|surely|presumably|something like|under|less than|max|maximum|at most|"
    "up to|no more than|not more than|no longer than|not longer than|no longer then|latest|"
    "not be more than|not be longer than|"
    "not take more than|not take longer than|not take me more than|not take me longer than|"
    "can not be more than|can not take more than|can not be longer than|can not take longer than|"
    "not take us more than|not take us longer than|not take much more than|not be over|"
    "not take over|at worst|at best|"
    "if not sooner|"
    "if i am lucky|if we are lucky|"
    "if i 'm lucky|if we 're lucky|only|just|even|nearly|almost|exactly|"
    "precisely|as early as|easily|literally|sometime|some time|at the latest|at the very latest|"
    "fully|almost certainly|mostly|fairly|pretty" },
  { ONC_WORD_ESTIMATE, C (FILLER), 0,
    "tentatively|provisionally|worst case|best case|best guess|my guess|our best guess|"
    "my best guess|rough guess|"
    "realistically|more likely|more like|call it" },
  { 0, C (TAIL), 0,
    "or less|tops|max|maximum|at most|at worst|at best|at max|give or take|"
    "thereabouts|if not sooner|at the outside|at the very outside|at the most|at the very most|"
    "at the very longest|"
    "at the absolute most|at the absolute latest|at the utmost|"
    "or sooner|or even less|or under|or even sooner|if not before|or earlier|if not earlier|"
    "or before|tops i 'd say|at the longest|"
    "if i am lucky|hopefully|probably|approx|roughly|"
    "either way|regardless|no matter what|whatever happens|rain or shine|for certain|without fail|"
    "flat out|for sure|if i 'm lucky|if we 're lucky" },
  { ONC_WORD_LATEST, C (TAIL), 0,
    "at the latest|latest|at the very latest|no later|not later|at latest|by the latest" },
  { ONC_WORD_HOPE, C (TAIL), 0, "i hope" },
  { ONC_WORD_HOPE, C (AIM) | C (BASE), 0, "i hope to" },
  { ONC_WORD_HOPE, C (AIM) | C (ING), 0, "keen to|eager to" },
  { ONC_WORD_ESTIMATE, C (TAIL), 0, "i think|i guess|i reckon|you have my word|my word on it" },
  { ONC_WORD_LEFT, C (TAIL), 0,
    "of patience|of your patience|left|remaining|to go|already|all in|in total" },
  { 0, C (PLEASE), 0,
    "thanks in advance for|thank you in advance for|plzz|plss|plis|pliz|pleez|pleease|pleaase|"
    "pleese|bitte|svp|s'il vous plait|"
    "please|please to|thank you to|reminder to|friendly reminder to|gentle reminder to|"
    "kind reminder to|quick reminder to|a reminder to|pls|plz|plse|pleas|kindly|do not forget to|"
    "please do not forget to|remember to|be sure to|be so kind to|"
    "be so kind as to|request you to|requesting you to|pl|request you to please|"
    "requesting team to|request team to|requesting to please|requesting to|kindly requesting to|"
    "it is necessary that you|"
    "it is important that you|it is necessary that we|it is important that we|"
    "it is necessary to|it 's necessary to|it is essential that you|it is imperative that you|"
    "it is imperative that we|"
    "it 's imperative that you|it 's imperative that we|it 's important that you|"
    "it 's important that we|please do|i request you to|if possible|if you can|"
    "if you could|if at all possible|if you get a chance" },

  /* What is owed to the asker */
  { ONC_WORD_ETA, C (NEWS), 0,
    "eta|etr|ettr|eta to fix|estimated time|est time|estimated resolution time|"
    "estimated time to resolution|"
    "estimated time to fix|estimated completion|time to fix|expected resolution|"
    "expected completion|estimated fix time|time to resolve|time to resolution|time to repair|"
    "time to restore|time to recovery|time to completion|time of arrival|etd|"
    "estimated time of arrival|estimated time of completion|estimated time of resolution" },
  { 0, C (NEWS), 0,
    "artwork|proofs|brochure|transcript|recording|footage|rota|roster|"
    "timetable|spreadsheet|credit note|itinerary|last batch|final batch|next batch|first batch|"
    "last part|"
    "final part|next part|last one|last two|last few|the others|the other half|"
    "notice|announcement|advisory|update|updates|upd|status|progress|report|rca|postmortem|"
    "post mortem|summary|comms|result|results|"
    "release notes|numbers|figures|fix|hotfix|patch|news|info|information|details|slides|deck|diff|"
    "proposal|"
    "spec|mockups|notes|bulletin|write up|writeup|draft|quote|resolution|solution|mitigation|"
    "recovery|"
    "restoration|workaround|verdict|findings|recap|readout|communication|estimate|checkpoint|"
    "progress report|sitrep|word|review|analysis|explanation|docs|doc|document|pr|call back|"
    "callback|refund|rest|the rest|rest of it|the remainder|the other one|the other ones|"
    "the other two|the last one|the last ones|the last two|remaining one|remaining ones|"
    "remaining two|the remaining ones|the remaining two|following update|following bulletin|"
    "following report|following status|next attempt|next try|"
    "second attempt|third attempt|new attempt|second try|next statement|next briefing|"
    "next communication|next announcement|next dispatch|next letter|next circular|next email|"
    "next text|next call|next bulletin|next one|next drop|next push|next note|next ping|next mail|"
    "next check in|next check|next post|"
    "next message|next word|next round|next look|all clear|green light" },

  { ONC_WORD_REPLY, C (NEWS), 0,
    "final word|reply|response|feedback|confirmation|approval|answer|answers|decision" },
  { ONC_WORD_LOOK, C (NEWS), 0, "look|peek|squiz|gander|stab|crack|care of|ownership|charge of" },
  { 0, C (NEWS) | C (NOUN), 0,
    "rollback|restore|rebuild|reindex|rollout|deploy|deployment|build|restart|reboot|failover" },
  /* What is estimated: "estimated arrival 11:45", "completion expected by 15:00" */
  { ONC_WORD_ARRIVAL, 0, 0,
    "arrival|arrivals|arrival time|delivery|deliveries|delivery time|completion|completion time|"
    "finish|finish time|fix time|repair time|ready time|return to service|dispatch|collection|"
    "pickup|handback|turnaround|availability|go live|switch on|readiness" },
  { ONC_WORD_PLAN, 0, 0,
    "the idea|plan|goal|target|aim|intention|guess|new date|new target|revised date" },
  { ONC_WORD_DEADLINE, 0, 0, "deadline|due date|drop dead date|the ask|my ask|our ask" },
  { ONC_WORD_DUE, 0, 0, "due" },
  { ONC_WORD_NEEDED, 0, 0,
    "friendly reminder|gentle reminder|kind reminder|polite reminder|quick reminder|final reminder|"
    "last reminder|needed|required|wanted" },
  /* Named only to be asked for */
  { ONC_WORD_NEEDED, C (NEWS), 0,
    "yes or no|yay or nay|yea or nay|go or no go|go no go|go / no go|thumbs up or down|yes / no" },
  { ONC_WORD_DOABLE, 0, 0,
    "doable|feasible|achievable|realistic|possible|manageable|within reach" },
  { ONC_WORD_UNKNOWN, 0, 0, "unknown|tbd|tba|unclear|unavailable|n/a|tbc|anyone 's guess" },
  { 0, C (NOUN), 0,
    "response time|response times|resolution time|resolution times|reply time|recovery time|"
    "build time|build times|review time|turnaround time|lead time|fix rate|"
    "downtime|outage|outages|slowness|disruption|disruptions|interruptions|errors|issues|"
    "cutoff|cut off|spring|string|strings|building|billing|pricing|wedding|ceiling|banking|hosting|"
    "accounting|interval|intervals|frequency|rate|rates|limit|limits|threshold|timeout|timeouts|"
    "ttl|latency|"
    "lag|backlog|logs|log|data|dump|tests|hours|duration|items|item|people|times|things|thing" },

  /* What happens at a time */
  { 0, C (EVENT), 0,
    "call|calls|meeting|meetings|standup|stand up|demo|sync|retro|interview|appointment|workshop|"
    "webinar|training|lunch|dinner|breakfast|flight|train|bus|bridge|session|party|game|window|"
    "maintenance|freeze|drill|handoff|handover|shift|holiday|class|conference|kickoff|kick off|"
    "cutover|planning|presentation|pitch|hearing|exam|board|1 : 1|catch up|huddle|townhall|"
    "town hall|all hands|offsite|launch|go live|visit|sprint|trial|licence|license|certificate|"
    "invite|reservation|coffee|drinks|beers|pizza|tea|gig|match|show|film|movie|stop|audit|test|"
    "qbr|slot|sprint review|design review|performance review|business review|quarterly review|"
    "tour|ceremony|gala|inspection|walkthrough|screening|keynote|lecture|lesson|rehearsal|"
    "seminar|summit|clinic|rounds|ward round|assembly|briefing|recording|livestream|auction|"
    "surgery|photo shoot|open house|roundtable|orientation" },

  /* Who is not the team */
  { 0, C (OUTSIDER), 0,
    "customer|customers|client|clients|user|users|partner|partners|boss|tenant|buyer|manager|ceo|"
    "cto|cfo|vp|coo|director|board|legal|marketing|finance|sales|auditors|auditor|management|"
    "bosses|managers|owners|investors|investor|shareholders|tenants|head office|hq|the business|"
    "merchants|regulators|buyers|directors|the md|the press|the school|parents|patients|patient|"
    "leadership|procurement|hr|exec|execs|stakeholders|stakeholder|bank|regulator|merchant|owner" },
  { 0, C (OUTSIDER) | C (NOUN), 0,
    "vendor|vendors|supplier|suppliers|provider|carrier|isp|landlord|agency|aws|amazon|azure|"
    "microsoft|google|gcp|cisco|oracle|"
    "dell|hp|hpe|ibm|stripe|github|cloudflare|atlassian|okta|twilio|datadog|zoom|salesforce|sap|"
    "vmware|akamai|fastly|fedex|ups|dhl|usps|hermes|dpd|comcast|verizon|bt|vodafone|apple|meta|"
    "paypal|shopify|zendesk|acme|slack|heroku|gitlab|netflix|hetzner|ovh|digitalocean|equinix|"
    "vessel|ferry|plane|taxi|shuttle|tram|"
    "lenovo|intel|nvidia|samsung|juniper|fortinet|siemens|ericsson|telekom|telefonica|telstra|"
    "optus|airtel|linode|vultr|pagerduty|splunk|sendgrid|mongodb|snowflake|adobe|citrix|netapp|"
    "veeam|red hat|royal mail|new relic|palo alto|at & t|the manufacturer|manufacturer|"
    "the landlord|the insurer|the dealer" },
  /* Before a name, or for one: "Nurse Okafor will phone you" */
  { ONC_WORD_TITLE, 0, 0,
    "nurse|dr|doctor|mr|mrs|ms|miss|matron|midwife|prof|professor|chef|sergeant|captain|coach|"
    "foreman|supervisor|caretaker|receptionist|clerk|porter|secretary|assistant|registrar|"
    "apprentice|intern" },
  /* Whoever can be the author's: "our technician will be with you by 4" */
  { ONC_WORD_CREW, C (OUTSIDER) | C (NOUN), 0,
    "courier|plumber|electrician|contractor|consultant|technician|technicians|driver|drivers|"
    "fitter|fitters|installer|installers|mechanic|locksmith|messenger|messengers|couriers|truck|"
    "trucks|lorry|lorries|van|vans|rider|"
    "crew|crews|locum|paramedic|paramedics" },
  { 0, C (TEAM), 0,
    "team|teams|engineer|engineers|dev|devs|developer|developers|colleague|colleagues|dba|dbas|"
    "tech|techs|sre|sres|ops|support|tech support|on call|oncall|coworker|teammate|engineering|"
    "squad|ops team|backend team|"
    "support team|specialist|sysadmin|our side|helpdesk|help desk|service desk|noc|soc|infra|"
    "night crew|night desk|night team|late crew|early crew|day crew|weekend crew|back office|"
    "night shift|day shift|late shift|next shift|l2|l3|tier 2|tier 3|it support|second line|"
    "third line|dept|secops|netops|devops" },

  /* Where things are handed over: "the minutes will be in the shared folder by noon" */
  { ONC_WORD_PLACE, 0, 0,
    "inbox|inboxes|mailbox|mailboxes|desk|desks|portal|drive|onedrive|dropbox|folder|folders|"
    "directory|channel|thread|repo|repository|staging|prod|production|server|servers|nodes|"
    "reception|front desk|pigeonhole|tray|wiki|intranet|website|site|homepage|app|app store|"
    "dashboard|sheet|spreadsheet|doc|document|calendar|system|systems|ward|theatre|classroom|"
    "sharepoint|confluence|jira|bucket|ftp|sftp|nas|wall|noticeboard|whiteboard|shelf|shelves|"
    "locker|catalogue|catalog|database|account|crm|erp|counter|kitchen|"
    "warehouse|door|doorstep|lab|lobby|foyer|clipboard|cloud|shared drive|network drive|"
    "group drive|vault|safe" },

  /* What works, or does not: "normal service will resume at 5" */
  { ONC_WORD_SERVICE, 0, 0,
    "service|services|power|electricity|wifi|wi fi|internet|network|vpn|phones|lines|payments|"
    "logins|login|printing|checkout|traffic|operation|operations|access|connectivity|connection|"
    "water|heating|lift|lifts|uploads|downloads|search|signups|bookings|orders" },
  /* What people do for themselves: "picking up the kids at 4" */
  { ONC_WORD_PRIVATE, 0, 0,
    "kids|kid|children|daughter|son|wife|husband|girlfriend|boyfriend|mum|mom|dad|grandma|dog|"
    "cat|baby|toddler|marathon|gym|yoga|groceries|laundry|dishes|house|new job|pub|nursery|"
    "daycare|bed|home|airport|hospital|beach|shower|dentist|doctor 's|hairdresser|barber|supper" },
  { ONC_WORD_PRIVATE, C (EVENT), 0, "dinner|lunch|breakfast" },

  /* How it, or a person, will be */
  { ONC_WORD_OUT, C (DONE), 0, "out|away" },
  { 0, C (DONE), 0,
    "done|fixed|ready|live|up|resolved|solved|restored|available|complete|completed|finished|"
    "sorted|deployed|merged|shipped|posted|shared|published|released|delivered|operational|"
    "online|green|good|back|in place|up to date|up to speed|in order|in working order|working|"
    "mitigated|repaired|recovered|provided|communicated|"
    "updated|addressed|implemented|applied|uploaded|submitted|confirmed|answered|cleared|"
    "caught up|out of the woods|back to normal|back in business|healthy|normal|wrapped|nailed|"
    "patched|sent|given|up and running|on its way|closed|"
    "rolled|on its way|tested|reviewed|rebuilt|replaced|rebooted|restarted|reverted|installed|"
    "processed|"
    "issued|refunded|unblocked|unlocked|set|through|good to go|all set|usable|stable|reachable|"
    "accessible|functional|everywhere|humming|humming along|purring" },
  /* How nobody wants it to be: "an hour and the line is dead" */
  { ONC_WORD_STILL, 0, 0,
    "down|dead|slow|flat|late|hung|frozen|offline|worse|wrong|nowhere|unusable|unreachable|bad" },
  { 0, C (HERE), 0,
    "back|online|onsite|on site|around|available|reachable|free|at my desk|at the desk|"
    "in the office" },
  { ONC_WORD_BACK, C (HERE), 0,
    "back|bk|back online|back at my desk|back at the desk|at your desk" },
  { ONC_WORD_WITH_YOU, C (DONE) | C (HERE), 0,
    "with you|w you|right there|right over|in your inbox|all yours|yours|in your hands|over to you|"
    "at your disposal" },
  { ONC_WORD_BRB, C (HERE) | C (MINUTES), 0,
    "brb|afk|be right back|right back|right with you|"
    "bbiab|bbs|biab|omw|otw|on my way|on our way|stepping away|stepping out|popping out|"
    "ducking out|nipping out|stepping off|dropping off for a bit|going afk|away from keyboard" },

  /* Commitments of their own kind */
  { ONC_WORD_KEEP_POSTED, C (REPORT) | C (BASE), 0,
    "keep you posted|keep you updated|keep you informed|keep everyone posted|"
    "keep everyone updated|keep posting|keep this thread updated|keep u posted|"
    "keep you in the loop|keep updating|keep the thread updated|keep you abreast" },
  { ONC_WORD_KEEP_POSTED, C (REPORT) | C (ING), 0, "keeping you posted|keeping you updated" },
  { ONC_WORD_POSTED, 0, 0, "posted|updated|informed|abreast|in the loop" },
  { ONC_WORD_STAY_TUNED, 0, 0,
    "stay tuned|watch this space|more soon|more shortly|leave it with me|leave that with me|"
    "leave it to me|leave that to me|more later|bbl|be back later|ttyl on this|consider it done|"
    "more when i know more|more when we know more|more when i have it|more when we have it|"
    "consider it sorted|consider it fixed" },
  { ONC_WORD_TO_FOLLOW, C (YOU), 0,
    "coming your way|heading your way|headed your way|on its way to you|on their way to you|"
    "winging its way to you" },
  { ONC_WORD_TO_FOLLOW, 0, 0,
    "to follow|to come|on the way|on its way|on their way|coming|coming soon|coming up|incoming|"
    "inbound|following shortly|following soon|to be shared|to be posted" },
  { ONC_WORD_HOLD, C (MINUTES), 0,
    "bear with me|bear with us|bear with|hang tight|sit tight|stand by|standby|hold tight|"
    "have patience|have some patience|have a little patience|hang on in there|hang in there|"
    "be patient|please hold|hold please|hold the line|hold the fort|stay put" },
  { ONC_WORD_WAIT, C (MINUTES) | C (BASE), 0, "hold on|hold for|hold|hang on|hang fire|wait" },
  { ONC_WORD_LET_KNOW, C (REPORT) | C (BASE), 0,
    "let you know|let everyone know|let everybody know|let you all know|let all know|"
    "let the team know|let folks know" },
  { ONC_WORD_LET_ME_KNOW, C (REPORT) | C (BASE), 0,
    "let me know|let us know|lmk|hit me up|hmu|give me a ring|give us a ring|give me a bell|"
    "give us a bell|"
    "give me a shout|give us a shout|give me a buzz|give us a buzz|give me a holler|give me a call|"
    "give us a call|"
    "give me a heads up|give us a heads up|give me a ping|give me a nudge|give me a poke|"
    "drop me a line|drop us a line|drop me a note|drop me a message|drop me a mail|"
    "drop me an email|"
    "drop me a text|shoot me an email|shoot me a mail|shoot me a message|shoot me a note|"
    "shoot me a text|shoot us an email|shoot me a line|send me a line|sing out|pipe up|"
    "speak up|get in touch with me|get in touch with us|keep me in the picture|"
    "keep me posted|keep us posted|keep me updated|keep us updated|"
    "keep us informed|keep us in the loop|keep me in the loop" },
  { ONC_WORD_CORRECTION, C (FILLER), 0,
    "make that|scratch that|correction|new plan|change of plan|change of plans|instead|revised|"
    "new time|bump that|strike that|rather|update on eta|on second thought|on second thoughts|"
    "better make that|better make it|better say|or better|call it" },
  { ONC_WORD_CORRECTION, C (FILLER) | C (NEWS), 0, "new eta|revised eta" },
  { ONC_WORD_ON_TRACK, 0, 0,
    "on track|on course for|on target|on schedule|looking like|looks like|looking more like|"
    "looks more like|well on the way" },
  { ONC_WORD_ON_LIST, 0, 0,
    "on the list|on today 's list|on tomorrow 's list|on this week 's list|top of the list|"
    "top of my pile|top of the pile|on my pile|on my to do|on my to do list|on the to do list|"
    "on the agenda|in my calendar|penciled in|pencilled in|slotted in|got you down|have you down|"
    "put you down|on my schedule|on my radar|on my board|"
    "on my list|top of my list|on top of my list|next on my list|first on my list|on my plate|"
    "on my todo|on the hook|lined up|in the queue|queued|queued up|in the pipeline|on our list|"
    "in my diary" },
  { ONC_WORD_TRY, C (AIM) | C (ING), 0,
    "doing our best|doing my best|trying our best|trying my best" },
  { ONC_WORD_TRY, C (AIM) | C (BASE), 0, "do my best|do our best|try my best|try our best" },
  { 0, C (IDLE) | C (BASE), 0,
    "happy to hear|happy to see|happy to know|happy to be|glad to hear|glad to see|glad to know|"
    "glad to be|pleased to hear|pleased to see|nice to hear|good to hear|good to see|"
    "good to know" },
  { 0, C (SAY) | C (BASE), 0,
    "be aware|be advised|be informed|be mindful|be reminded|keep in mind|bear in mind|take note" },
  { 0, C (S), 0, "warms|boots|spins|loads|scales|heats|cools|powers" },
  { ONC_WORD_ENSURE, C (BASE), 0, "make sure|ensure|see to it|be sure|make certain" },
  { ONC_WORD_ON_IT, 0, 0,
    "away from my desk|away from the desk|out for a smoke|out for a coffee|out for coffee|"
    "out for lunch|out for a walk|off to lunch|off for lunch|gone for lunch|at lunch|on lunch|"
    "on a break|on my break|quick break|short break|coffee break|smoke break|tea break|"
    "school run|quick lunch|late lunch|on the case|on a call|on another call|on a quick call|"
    "on the phone|all over it|all over this|on it|onto it|on this|on the other line|"
    "in the middle of something|heading over|en route|on his way|on her way" },
  { 0, C (IDLE) | C (BASE), 0,
    "see how it goes|see how that goes|see how things go|see how we go" },
  { ONC_WORD_HEAR, C (RECEIVE) | C (BASE), 0, "be the first to know|be first to know" },
  { ONC_WORD_IN_TOUCH, C (REPORT) | C (BASE), 0, "in touch|in contact|touch base" },
  { ONC_WORD_NEED, C (NEED) | C (BASE), 0, "i hope to hear|we hope to hear" },
  { ONC_WORD_NEED, C (NEED) | C (BASE), 0,
    "could do with|can do with|could use|could really do with|could really use" },
  { ONC_WORD_WAIT, C (IDLE) | C (ING), 0, "looking forward to" },
  { ONC_WORD_COUNT_ON, C (BASE), 0, "count on|rely on|bank on|look forward to" },
  { ONC_WORD_COUNT_ON, C (ING), 0, "counting on|relying on|banking on|depending on" },
  { ONC_WORD_WAIT, C (WANT) | C (ING), 0, "pending" },
  { ONC_WORD_LIKE, C (IDLE) | C (BASE), 0, "rather have|rather get|rather see|rather hear" },
  { ONC_WORD_VITAL, 0, 0, "essential|crucial|vital|imperative|critical|paramount" },
  { ONC_WORD_DISCLAIMED, 0, 0,
    "no idea|no telling|hard to say|difficult to say|hard to tell|difficult to tell|who knows|"
    "no clue|"
    "the next it|the next you|the next i|the next they|the next we|the next he|the next she|"
    "impossible to say|can not say|could not say|do not know|do not really know|dunno" },
  { ONC_WORD_REPORTED, 0, 0,
    "according to|apparently|allegedly|supposedly|i am told|we were told|i was told|i 'm told|"
    "we 're told|rumour has it|they say|word is|word has it|rumor has it" },
  { ONC_WORD_OFFER, 0, 0,
    "want me to|want us to|do you want me to|would you like me to|shall i|shall we|should i|"
    "should we|you want me to|need me to|do you need me to|wanna" },
  { ONC_WORD_CHANCE, 0, 0,
    "can i trouble you|could i trouble you|may i trouble you|can i ask you|could i ask you|"
    "may i ask you|would it be an option|is it an option|would it be feasible|is it feasible|"
    "would there be any chance|is there a possibility|would there be a chance|"
    "any chance|any possibility|any chance of|is it possible|would it be possible|possible to|"
    "why do not you|how about you|is anyone able to|is someone able to|is anybody able to|"
    "is somebody able to|"
    "is anyone free to|is someone free to|is there any chance|any way|is there any way|"
    "is there a chance|any hope|"
    "do you think you could|do you think you can|would you mind|do you mind|any odds|"
    "would it be ok to|would it be okay to|would it be alright to|are you able to|"
    "would you be able to|will you be able to|is there any possibility|could it be possible|"
    "might it be possible|may i request|anyone able to|are we able to|would we be able to|"
    "will we be able to" },
  { ONC_WORD_WISH, 0, 0,
    "appreciate|appreciated|grateful|thankful|great|good|ideal|helpful|nice|lovely|perfect|"
    "fantastic|"
    "brilliant|awesome|amazing|handy|super|obliged|useful|love|prefer|fab|ace|lifesaver|godsend|"
    "be good to|be good if|"
    "be great to|be great if|be nice to|be nice if" },
  { ONC_WORD_THANKED, 0, 0, "much appreciated|greatly appreciated|very much appreciated" },

  { 0, 0, 0, NULL },
};

const OncLexicon *
onc_lexicon_english (void)
{
  static gsize english;

  if (g_once_init_enter (&english))
    {
      const OncLexiconRow *const tables[] = { words, onc_lexicon_english_times, NULL };
      OncLexicon *lexicon = onc_lexicon_new (tables, onc_lexicon_english_verbs,
                                             onc_lexicon_english_zones);

      g_once_init_leave (&english, GPOINTER_TO_SIZE (lexicon));
    }
  return GSIZE_TO_POINTER (english);
}
