# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Completion of oncallctl for bash. Verbs and options are those that the program itself names.

# _oncallctl_verbs: each verb on a line
_oncallctl_verbs() {
    LC_ALL=C oncallctl --help 2>/dev/null | sed -n '/^Verbs:/,/^$/s/^  \([a-z-]\{1,\}\).*/\1/p'
}

# _oncallctl_help VERB: its help, or the program's where there is none yet
_oncallctl_help() {
    LC_ALL=C oncallctl ${1:+"$1"} --help 2>/dev/null
}

# _oncallctl_threads VERB: the threads that it can be about, each as its number, a tab, and its text
_oncallctl_threads() {
    local filter=--state=open
    case $1 in
    reopen) filter=--state=closed ;;
    show | link) filter=--all ;;
    esac
    oncallctl list "$filter" \
        --format '{{number}}\t{{level}}, {{asker_name}}: {{text|truncate(50)}}' 2>/dev/null
}

# _oncallctl_categories: each category of the configuration on a line
_oncallctl_categories() {
    oncallctl config --json=short 2>/dev/null |
        grep -o '"group":"categories","key":"[^"]*","value":"[^"]\{1,\}"' |
        sed 's/.*"\(.*\)"$/\1/' | sort -u
}

_oncallctl() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local verb='' position=0 help='' words='' i IFS=$' \t\n'
    COMPREPLY=()

    # An equals sign is a word of its own.
    [ "$current" = = ] && current=
    [ "$previous" = = ] && previous=${COMP_WORDS[COMP_CWORD - 2]}

    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --level | --state | --tag | --since | --limit | --promise | --now | --timezone | --up-to | --format)
            [ "${COMP_WORDS[i + 1]}" = = ] || i=$((i + 1)) # its value
            ;;
        =) i=$((i + 1)) ;;
        -*) ;;
        *)
            if [ -z "$verb" ]; then verb=${COMP_WORDS[i]}; else position=$((position + 1)); fi
            ;;
        esac
    done

    case $previous in
    --level | --up-to) words='question urgent emergency' ;;
    --state) words='new looking resolved dismissed deleted open closed' ;;
    --json) words='short pretty' ;;
    --color) words='auto always never' ;;
    --promise) words='15m 30m 1h 2h eod next-work-hour' ;;
    --since) words='1h 1d 1w today yesterday' ;;
    --tag) words=$(_oncallctl_categories) ;;
    --limit | --format | --now | --timezone) return ;;
    esac
    if [ -n "$words" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
        return
    fi

    if [[ $current == -* ]]; then
        words=$(_oncallctl_help "$verb" | sed -n 's/^ *\(-., \)\{0,1\}\(--[a-z0-9-]\{1,\}\).*/\2/p')
    elif [ -z "$verb" ]; then
        words=$(_oncallctl_verbs)
    else
        help=$(_oncallctl_help "$verb" | sed -n '2s/.*OPTION…\] *//p')
        read -ra help <<<"$help"
        # What ends with an ellipsis can be there several times.
        [[ $position -lt ${#help[@]} || ${help[-1]-} != *… ]] || position=$((${#help[@]} - 1))
        case ${help[position]-} in
        REF) _oncallctl_refs "$verb" "$current"; return ;;
        WHEN | '[WHEN]') words='15m 30m 1h 2h eod next-work-hour' ;;
        BY) words='15m 30m 1h' ;;
        LEVEL) words='question urgent emergency' ;;
        CATEGORY*) words=$(_oncallctl_categories) ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

# _oncallctl_refs VERB CURRENT: what bash lists has the texts; what it types has not
_oncallctl_refs() {
    local -a lines=()
    local line
    while IFS= read -r line; do
        [[ $line == "$2"* ]] && lines+=("$line")
    done < <(_oncallctl_threads "$1")

    # Only a list that is shown (a Tab or two, 9 and 63) can hold more than what is typed.
    if ((${#lines[@]} == 1)) || { [ "${COMP_TYPE:-9}" != 9 ] && [ "${COMP_TYPE:-9}" != 63 ]; }; then
        COMPREPLY=("${lines[@]%%$'\t'*}")
    else
        COMPREPLY=("${lines[@]/$'\t'/  }")
    fi
}

complete -F _oncallctl oncallctl
