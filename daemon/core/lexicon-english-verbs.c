/* SPDX-FileCopyrightText: 2026 The oncalld authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* English: verbs and what they mean to a promise. */

#include "lexicon-english.h"

#define C(class) ONC_CLASS_BIT (class)

const OncLexiconVerbs onc_lexicon_english_verbs[] = {
  { 0, C (REPORT),
    "update updates updating updated|report reports reporting reported|call calls calling called|"
    "ring rings ringing rang rung|phone phones phoning phoned|ping pings pinging pinged|"
    "msg msgs msging msged|"
    "text texts texting texted|message messages messaging messaged|email emails emailing emailed|"
    "mail mails mailing mailed|dm dms dming dmed|inform informs informing informed|"
    "comment comments commenting commented|notify notifies notifying notified|"
    "revert reverts reverting reverted|"
    "post posts posting posted|brief briefs briefing briefed|"
    "contact contacts contacting contacted|shout shouts shouting shouted|"
    "holler hollers hollering hollered|buzz buzzes buzzing buzzed|bell bells belling belled|"
    "summarise summarises summarising summarised|summarize summarizes summarizing summarized|"
    "recap recaps recapping recapped|escalate escalates escalating escalated|"
    "relay relays relaying relayed|circle circles circling circled|"
    "reach reaches reaching reached|loop loops looping looped|touch touches touching touched|"
    "flag flags flagging flagged|alert alerts alerting alerted|nudge nudges nudging nudged|"
    "remind reminds reminding reminded|explain explains explaining explained|"
    "clarify clarifies clarifying clarified" },
  { 0, C (REPORT) | C (SAY),
    "tell tells telling told|write writes writing wrote written|advise advises advising advised|"
    "announce announces announcing announced" },
  { ONC_WORD_REPLY, C (REPORT),
    "reply replies replying replied|respond responds responding responded|"
    "answer answers answering answered|ack acks acking acked|"
    "acknowledge acknowledges acknowledging acknowledged" },
  { ONC_WORD_REPLY, C (REPORT) | C (SAY), "confirm confirms confirming confirmed" },
  { ONC_WORD_GIVE, C (DELIVER) | C (MINUTES), "give gives giving gave given" },
  { 0, C (DELIVER) | C (MINUTES),
    "allow allows allowing allowed|spare spares sparing spared|buy buys buying bought|"
    "lend lends lending lent|grant grants granting granted" },
  { 0, C (DELIVER),
    "send sends sending sent|share shares sharing shared|deliver delivers delivering delivered|"
    "ship ships shipping shipped|provide provides providing provided|"
    "forward forwards forwarding forwarded|hand hands handing handed|"
    "submit submits submitting submitted|upload uploads uploading uploaded|"
    "publish publishes publishing published|release releases releasing released|"
    "deploy deploys deploying deployed|merge merges merging merged|issue issues issuing issued|"
    "circulate circulates circulating circulated|drop drops dropping dropped|"
    "attach attaches attaching attached|"
    "paste pastes pasting pasted|transfer transfers transferring transferred|"
    "produce produces producing produced|supply supplies supplying supplied|"
    "chuck chucks chucking chucked|bring brings bringing brought|file files filing filed|"
    "launch launches launching launched" },
  { 0, C (WORK),
    "fix fixes fixing fixed|"
    "investigate investigates investigating investigated|dig digs digging dug|"
    "debug debugs debugging debugged|test tests testing tested|"
    "review reviews reviewing reviewed|restart restarts restarting restarted|"
    "reboot reboots rebooting rebooted|restore restores restoring restored|"
    "roll rolls rolling rolled|"
    "rollback rollbacks rollbacking rollbacked|rebuild rebuilds rebuilding rebuilt|"
    "reindex reindexes reindexing reindexed|patch patches patching patched|"
    "repair repairs repairing repaired|resolve resolves resolving resolved|"
    "solve solves solving solved|sort sorts sorting sorted|handle handles handling handled|"
    "tackle tackles tackling tackled|finish finishes finishing finished|"
    "complete completes completing completed|wrap wraps wrapping wrapped|"
    "rerun reruns rerunning reran rerun|own owns owning owned|"
    "continue continues continuing continued|verify verifies verifying verified|"
    "validate validates validating validated|reproduce reproduces reproducing reproduced|"
    "chase chases chasing chased|raise raises raising raised|"
    "process processes processing processed|prepare prepares preparing prepared|"
    "draft drafts drafting drafted|replace replaces replacing replaced|"
    "install installs installing installed|migrate migrates migrating migrated|"
    "analyse analyses analysing analysed|analyze analyzes analyzing analyzed|"
    "figure figures figuring figured|suss susses sussing sussed|triage triages triaging triaged|"
    "enable enables enabling enabled|activate activates activating activated|"
    "reinstate reinstates reinstating reinstated|"
    "poke pokes poking poked|examine examines examining examined|trace traces tracing traced|"
    "mitigate mitigates mitigating mitigated|address addresses addressing addressed|"
    "swap swaps swapping swapped|unblock unblocks unblocking unblocked|"
    "unlock unlocks unlocking unlocked|reset resets resetting reset|"
    "escalate escalates escalating escalated|assist assists assisting assisted|"
    "tidy tidies tidying tidied|clean cleans cleaning cleaned|drain drains draining drained|"
    "discuss discusses discussing discussed|pull pulls pulling pulled" },
  { 0, 0,
    "clear clears clearing cleared|"
    "order orders ordering ordered|"
    "put puts putting put|set sets setting set|use uses using used|add adds adding added|"
    "pick picks picking picked|jump jumps jumping jumped|"
    "hop hops hopping hopped|dial dials dialing dialed|show shows showing showed shown|"
    "open opens opening opened|close closes closing closed|read reads reading read|"
    "book books booking booked|turn turns turning turned|switch switches switching switched|"
    "create creates creating created|build builds building built|change changes changing changed|"
    "remove removes removing removed|delete deletes deleting deleted|"
    "monitor monitors monitoring monitored|watch watches watching watched|"
    "cover covers covering covered|learn learns learning learnt learned|"
    "implement implements implementing implemented|apply applies applying applied|"
    "upgrade upgrades upgrading upgraded|configure configures configuring configured|"
    "grab grabs grabbing grabbed|collect collects collecting collected|"
    "arrange arranges arranging arranged|approve approves approving approved|"
    "sign signs signing signed|word words wording worded|"
    "present presents presenting presented|"
    "save saves saving saved|accept accepts accepting accepted|"
    "demo demos demoing demoed|log logs logging logged|"
    "decide decides deciding decided|choose chooses choosing chose chosen|"
    "vote votes voting voted|"
    "enrol enrols enrolling enrolled|enroll enrolls enrolling enrolled|"
    "rsvp rsvps rsvping rsvped|cancel cancels cancelling cancelled|fill fills filling filled|"
    "enter enters entering entered|nominate nominates nominating nominated|"
    "finalise finalises finalising finalised|finalize finalizes finalizing finalized" },
  { ONC_WORD_SCHEDULED, 0, "schedule schedules scheduling scheduled" },
  { ONC_WORD_MIND, C (IDLE), "mind minds minding minded|fancy fancies fancying fancied" },
  { ONC_WORD_TALK, 0,
    "talk talks talking talked|speak speaks speaking spoke|chat chats chatting chatted|"
    "sync syncs syncing synced|connect connects connecting connected" },
  { ONC_WORD_JOIN, 0, "join joins joining joined" },
  { ONC_WORD_FOLLOW, C (REPORT), "follow follows following followed" },
  { ONC_WORD_WISH, C (WORK), "help helps helping helped" },
  { ONC_WORD_RETRY, 0,
    "retry retries retrying retried|reconnect reconnects reconnecting reconnected|"
    "refresh refreshes refreshing refreshed|reload reloads reloading reloaded|"
    "terminate terminates terminating terminated|renew renews renewing renewed|"
    "rotate rotates rotating rotated" },
  { ONC_WORD_RESUME, C (WORK),
    "resume resumes resuming resumed|recover recovers recovering recovered|"
    "reopen reopens reopening reopened" },
  { ONC_WORD_CHECK, C (WORK), "check checks checking checked" },
  { ONC_WORD_TRY, 0, "try tries trying tried|attempt attempts attempting attempted" },
  { ONC_WORD_RESUME, C (DELIVER), "return returns returning returned" },
  { ONC_WORD_PASS, C (DELIVER), "pass passes passing passed" },
  { ONC_WORD_WORK, 0, "work works working worked|run runs running ran run" },
  { ONC_WORD_KEEP, 0, "keep keeps keeping kept" },
  { ONC_WORD_ASK, C (WORK), "ask asks asking asked" },
  { ONC_WORD_LOOK, C (WORK), "look looks looking looked" },
  { ONC_WORD_PUSH, C (DELIVER) | C (SHIFT), "push pushes pushing pushed" },
  { ONC_WORD_DO, 0, "do does doing did done" },
  { ONC_WORD_MAKE, 0, "make makes making made" },
  { ONC_WORD_GO, 0, "go goes going went gone" },
  { ONC_WORD_COME, 0, "come comes coming came" },
  { ONC_WORD_HEAR, C (RECEIVE), "hear hears hearing heard" },
  { ONC_WORD_WAIT, C (IDLE), "wait waits waiting waited" },
  { ONC_WORD_LIKE, C (IDLE), "like likes liking liked" },
  { ONC_WORD_START, 0, "start starts starting started|begin begins beginning began begun" },
  { ONC_WORD_LET, 0, "let lets letting let" },
  { ONC_WORD_GET, C (RECEIVE), "get gets getting got gotten" },
  { ONC_WORD_HAVE, C (RECEIVE), "have has having had" },
  { ONC_WORD_SEE, C (RECEIVE), "see sees seeing saw seen" },
  { ONC_WORD_KNOW, C (RECEIVE), "know knows knowing knew known" },
  { 0, C (RECEIVE) | C (WORK), "find finds finding found" },
  { 0, C (RECEIVE), "receive receives receiving received" },
  { ONC_WORD_TAKE, C (LAST), "take takes taking took taken" },
  { 0, C (LAST), "last lasts lasting lasted|cost costs costing cost" },
  { ONC_WORD_NEED, C (NEED) | C (MINUTES), "need needs needing needed" },
  { ONC_WORD_NEED, C (NEED), "require requires requiring required" },
  { 0, C (WANT),
    "want wants wanting wanted|demand demands demanding demanded|"
    "request requests requesting requested|insist insists insisting insisted|"
    "seek seeks seeking sought" },
  { ONC_WORD_WAIT, C (WANT), "await awaits awaiting awaited" },
  { ONC_WORD_EXPECT, C (AIM) | C (WANT), "expect expects expecting expected" },
  { ONC_WORD_HOPE, C (AIM), "hope hopes hoping hoped" },
  { 0, C (AIM),
    "aim aims aiming aimed|plan plans planning planned|intend intends intending intended|"
    "promise promises promising promised|commit commits committing committed|"
    "guarantee guarantees guaranteeing guaranteed|"
    "anticipate anticipates anticipating anticipated|estimate estimates estimating estimated|"
    "target targets targeting targeted|shoot shoots shooting shot|slate slates slating slated|"
    "peg pegs pegging pegged|"
    "owe owes owing owed|strive strives striving strived|"
    "endeavour endeavours endeavouring endeavoured|endeavor endeavors endeavoring endeavored|"
    "swear swears swearing swore sworn|vow vows vowing vowed|"
    "pledge pledges pledging pledged|attempt attempts attempting attempted" },
  { 0, C (THINK),
    "assume assumes assuming assumed|doubt doubts doubting doubted|think thinks thinking thought|"
    "guess guesses guessing guessed|"
    "reckon reckons reckoning reckoned|believe believes believing believed|"
    "figure figures figuring figured|suppose supposes supposing supposed|bet bets betting bet|"
    "imagine imagines imagining imagined|suspect suspects suspecting suspected" },
  { 0, C (SAY),
    "say says saying said|claim claims claiming claimed|mention mentions mentioning mentioned|"
    "state states stating stated|assure assures assuring assured|warn warns warning warned|"
    "note notes noting noted|suggest suggests suggesting suggested" },
  { ONC_WORD_SLIP, C (SHIFT), "slip slips slipping slipped" },
  { 0, C (SHIFT),
    "become becomes becoming became|move moves moving moved|"
    "bump bumps bumping bumped|shift shifts shifting shifted|"
    "postpone postpones postponing postponed|delay delays delaying delayed|"
    "extend extends extending extended|reschedule reschedules rescheduling rescheduled" },
  { 0, C (ABSENT),
    "leave leaves leaving left|travel travels traveling traveled|"
    "travel travels travelling travelled|fly flies flying flew|meet meets meeting met|"
    "attend attends attending attended|sleep sleeps sleeping slept|eat eats eating ate|"
    "drive drives driving drove|head heads heading headed|commute commutes commuting commuted|"
    "land lands landing landed|depart departs departing departed|arrive arrives arriving arrived|"
    "retire retires retiring retired|relocate relocates relocating relocated|"
    "board boards boarding boarded|visit visits visiting visited|"
    "celebrate celebrates celebrating celebrated" },
  { 0, C (IDLE),
    "ignore ignores ignoring ignored|disregard disregards disregarding disregarded|"
    "admit admits admitting admitted|"
    "recall recalls recalling recalled|remember remembers remembering remembered|"
    "forget forgets forgetting forgot|"
    "miss misses missing missed|die dies dying died|"
    "love loves loving loved|hate hates hating hated|stick sticks sticking stuck|"
    "stay stays staying stayed|skip skips skipping skipped|regret regrets regretting regretted|"
    "lose loses losing lost|win wins winning won|drink drinks drinking drank|"
    "cross crosses crossing crossed|cry cries crying cried|laugh laughs laughing laughed|"
    "sit sits sitting sat|stand stands standing stood|stop stops stopping stopped|"
    "live lives living lived|agree agrees agreeing agreed|"
    "fall falls falling fell|play plays playing played|spend spends spending spent|"
    "pay pays paying paid|"
    "feel feels feeling felt|mean means meaning meant|"
    "seem seems seeming seemed|crash crashes crashing crashed|fail fails failing failed|"
    "break breaks breaking broke broken|happen happens happening happened|"
    "expire expires expiring expired|end ends ending ended|"
    "rain rains raining rained|appear appears appearing appeared" },

  { 0, 0, NULL },
};
