# SPDX-FileCopyrightText: 2026 The oncalld authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Completion of oncallctl for fish. Verbs and options are those that the program itself names.

# The words before the cursor that are no options: the verb and its arguments
function __oncallctl_words
    set --local value
    for word in (commandline --tokenize --cut-at-cursor --current-process)[2..]
        if test -n "$value"
            set value
        else if string match --quiet --regex -- '^--(level|state|tag|since|limit|promise|now|timezone|up-to|format)$' $word
            set value is next
        else if not string match --quiet -- '-*' $word
            echo $word
        end
    end
end

function __oncallctl_help
    LC_ALL=C oncallctl (__oncallctl_words)[1] --help 2>/dev/null
end

function __oncallctl_verbs
    LC_ALL=C oncallctl --help 2>/dev/null |
        string match --regex --groups-only '^  ([a-z-]+)(?: \[?[A-Z]+…?\]?)* {2,}(.+)' |
        while read --line verb summary
            printf '%s\t%s\n' $verb $summary
        end
end

function __oncallctl_options
    __oncallctl_help | string match --regex --groups-only '^ *(?:-., )?(--[a-z0-9-]+)\S* +(.+)' |
        while read --line option summary
            printf '%s\t%s\n' $option $summary
        end
end

function __oncallctl_takes
    __oncallctl_help | string match --quiet -- "*--$argv[1]*"
end

# The argument that comes next, as the help calls it
function __oncallctl_next
    set --local words (__oncallctl_words)
    set --local arguments (__oncallctl_help | string match --regex --groups-only '^  oncallctl \S+ \[\S+\] ?(.*)' |
        string split --no-empty ' ')
    # What ends with an ellipsis can be there several times.
    if test (count $words) -gt (count $arguments); and string match --quiet -- '*…' $arguments[-1]
        echo $arguments[-1]
    else
        echo $arguments[(count $words)]
    end
end

function __oncallctl_categories
    oncallctl config --json=short 2>/dev/null |
        string match --all --regex --groups-only '"group":"categories","key":"[^"]*","value":"([^"]+)"' | sort -u
end

# The threads that a verb can be about, with their texts
function __oncallctl_threads
    set --local filter --state=open
    switch (__oncallctl_words)[1]
        case reopen
            set filter --state=closed
        case show link
            set filter --all
    end
    oncallctl list $filter --format '{{number}}\t{{level}}, {{asker_name}}: {{text|truncate(50)}}' \
        2>/dev/null
end

function __oncallctl_arguments
    switch (__oncallctl_next)
        case REF
            __oncallctl_threads
        case WHEN '[WHEN]'
            printf '%s\n' 15m 30m 1h 2h eod next-work-hour
        case BY
            printf '%s\n' 15m 30m 1h
        case LEVEL
            printf '%s\n' question urgent emergency
        case 'CATEGORY*'
            __oncallctl_categories
    end
end

complete --command oncallctl --no-files
complete --command oncallctl --condition 'test (count (__oncallctl_words)) -eq 0' --arguments '(__oncallctl_verbs)'
complete --command oncallctl --condition 'test (count (__oncallctl_words)) -gt 0' --arguments '(__oncallctl_arguments)' --keep-order
complete --command oncallctl --condition 'string match --quiet -- "-*" (commandline --current-token)' --arguments '(__oncallctl_options)'
complete --command oncallctl --condition '__oncallctl_takes level' --long-option level --exclusive --arguments 'question urgent emergency'
complete --command oncallctl --condition '__oncallctl_takes up-to' --long-option up-to --exclusive --arguments 'question urgent emergency'
complete --command oncallctl --condition '__oncallctl_takes state' --long-option state --exclusive --arguments 'new looking resolved dismissed deleted open closed'
complete --command oncallctl --condition '__oncallctl_takes json' --long-option json --arguments 'short pretty'
complete --command oncallctl --condition '__oncallctl_takes color' --long-option color --arguments 'auto always never'
complete --command oncallctl --condition '__oncallctl_takes promise' --long-option promise --exclusive --arguments '15m 30m 1h 2h eod next-work-hour'
complete --command oncallctl --condition '__oncallctl_takes since' --long-option since --exclusive --arguments '1h 1d 1w today yesterday'
complete --command oncallctl --condition '__oncallctl_takes tag' --long-option tag --exclusive --arguments '(__oncallctl_categories)'
