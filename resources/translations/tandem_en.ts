<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Activities</name>
    <message numerus="yes">
        <source>%n sessions canceled</source>
        <translation>
            <numerusform>%n session canceled</numerusform>
            <numerusform>%n sessions canceled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sessions handed over</source>
        <translation>
            <numerusform>%n session handed over</numerusform>
            <numerusform>%n sessions handed over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sessions overlap</source>
        <translation>
            <numerusform>%n session overlaps</numerusform>
            <numerusform>%n sessions overlap</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n students joined {cohort}</source>
        <translation>
            <numerusform>%n student joined {cohort}</numerusform>
            <numerusform>%n students joined {cohort}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You changed the cohort {cohort} %n times</source>
        <translation>
            <numerusform>You changed the cohort {cohort} %n time</numerusform>
            <numerusform>You changed the cohort {cohort} %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You changed “{title}” %n times</source>
        <translation>
            <numerusform>You changed “{title}” %n time</numerusform>
            <numerusform>You changed “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You changed “{title}” with {student} %n times</source>
        <translation>
            <numerusform>You changed “{title}” with {student} %n time</numerusform>
            <numerusform>You changed “{title}” with {student} %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You commented on “{title}” %n times</source>
        <translation>
            <numerusform>You commented on “{title}” %n time</numerusform>
            <numerusform>You commented on “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You commented on “{title}” of {student} %n times</source>
        <translation>
            <numerusform>You commented on “{title}” of {student} %n time</numerusform>
            <numerusform>You commented on “{title}” of {student} %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You marked the attendance of “{title}” %n times</source>
        <translation>
            <numerusform>You marked the attendance of “{title}” %n time</numerusform>
            <numerusform>You marked the attendance of “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You marked {student}&apos;s attendance of “{title}” %n times</source>
        <translation>
            <numerusform>You marked {student}&apos;s attendance of “{title}” %n time</numerusform>
            <numerusform>You marked {student}&apos;s attendance of “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You moved “{title}” %n times</source>
        <translation>
            <numerusform>You moved “{title}” %n time</numerusform>
            <numerusform>You moved “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You moved “{title}” with {student} %n times</source>
        <translation>
            <numerusform>You moved “{title}” with {student} %n time</numerusform>
            <numerusform>You moved “{title}” with {student} %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{actor} changed the cohort {cohort} %n times</source>
        <translation>
            <numerusform>{actor} changed the cohort {cohort} %n time</numerusform>
            <numerusform>{actor} changed the cohort {cohort} %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{actor} changed “{title}” %n times</source>
        <translation>
            <numerusform>{actor} changed “{title}” %n time</numerusform>
            <numerusform>{actor} changed “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{actor} changed “{title}” with {student} %n times</source>
        <translation>
            <numerusform>{actor} changed “{title}” with {student} %n time</numerusform>
            <numerusform>{actor} changed “{title}” with {student} %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{actor} commented on “{title}” %n times</source>
        <translation>
            <numerusform>{actor} commented on “{title}” %n time</numerusform>
            <numerusform>{actor} commented on “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{actor} marked the attendance of “{title}” %n times</source>
        <translation>
            <numerusform>{actor} marked the attendance of “{title}” %n time</numerusform>
            <numerusform>{actor} marked the attendance of “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{actor} marked {student}&apos;s attendance of “{title}” %n times</source>
        <translation>
            <numerusform>{actor} marked {student}&apos;s attendance of “{title}” %n time</numerusform>
            <numerusform>{actor} marked {student}&apos;s attendance of “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{actor} moved “{title}” %n times</source>
        <translation>
            <numerusform>{actor} moved “{title}” %n time</numerusform>
            <numerusform>{actor} moved “{title}” %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{actor} moved “{title}” with {student} %n times</source>
        <translation>
            <numerusform>{actor} moved “{title}” with {student} %n time</numerusform>
            <numerusform>{actor} moved “{title}” with {student} %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Admin</name>
    <message numerus="yes">
        <source>%1 gets %n students, the cohorts and the coming sessions.</source>
        <translation>
            <numerusform>%1 gets %n student, the cohorts and the coming sessions.</numerusform>
            <numerusform>%1 gets %n students, the cohorts and the coming sessions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n students</source>
        <translation>
            <numerusform>%n student</numerusform>
            <numerusform>%n students</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n students lose this mentor; the coming sessions are canceled.</source>
        <translation>
            <numerusform>%n student loses this mentor; the coming sessions are canceled.</numerusform>
            <numerusform>%n students lose this mentor; the coming sessions are canceled.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message numerus="yes">
        <source>A file was damaged; %n changes were saved from it.</source>
        <translation>
            <numerusform>A file was damaged; %n change was saved from it.</numerusform>
            <numerusform>A file was damaged; %n changes were saved from it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message numerus="yes">
        <source>%n set otherwise</source>
        <translation>
            <numerusform>%n set otherwise</numerusform>
            <numerusform>%n set otherwise</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Calendar</name>
    <message numerus="yes">
        <source>+%n more</source>
        <translation>
            <numerusform>+%n more</numerusform>
            <numerusform>+%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CommentThread</name>
    <message numerus="yes">
        <source>Show earlier comments (%n)</source>
        <translation>
            <numerusform>Show earlier comments (%n)</numerusform>
            <numerusform>Show earlier comments (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message numerus="yes">
        <source>%n older reports come after this one.</source>
        <translation>
            <numerusform>%n older report comes after this one.</numerusform>
            <numerusform>%n older reports come after this one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Difference</name>
    <message numerus="yes">
        <source>Show %n unchanged lines</source>
        <translation>
            <numerusform>Show %n unchanged line</numerusform>
            <numerusform>Show %n unchanged lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seconds</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message numerus="yes">
        <source>%n people are added.</source>
        <translation>
            <numerusform>%n person is added.</numerusform>
            <numerusform>%n people are added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people can be added.</source>
        <translation>
            <numerusform>%n person can be added.</numerusform>
            <numerusform>%n people can be added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people were not added.</source>
        <translation>
            <numerusform>%n person was not added.</numerusform>
            <numerusform>%n people were not added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows cannot be added.</source>
        <translation>
            <numerusform>%n row cannot be added.</numerusform>
            <numerusform>%n rows cannot be added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n people</source>
        <translation>
            <numerusform>Add %n person</numerusform>
            <numerusform>Add %n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The codes of %n people are shown only here, and go with their rows.</source>
        <translation>
            <numerusform>The code of %n person is shown only here, and goes with the row.</numerusform>
            <numerusform>The codes of %n people are shown only here, and go with their rows.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The relay asks to wait %n seconds; then it goes on by itself.</source>
        <translation>
            <numerusform>The relay asks to wait %n second; then it goes on by itself.</numerusform>
            <numerusform>The relay asks to wait %n seconds; then it goes on by itself.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try %n people again</source>
        <translation>
            <numerusform>Try %n person again</numerusform>
            <numerusform>Try %n people again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InboxPanel</name>
    <message numerus="yes">
        <source>Inbox, %n unread</source>
        <translation>
            <numerusform>Inbox, %n unread</numerusform>
            <numerusform>Inbox, %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message numerus="yes">
        <source>%n changes are not sent yet. They are kept here, and sent when you sign in again.</source>
        <translation>
            <numerusform>%n change is not sent yet. It is kept here, and sent when you sign in again.</numerusform>
            <numerusform>%n changes are not sent yet. They are kept here, and sent when you sign in again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NavItem</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n waiting</numerusform>
            <numerusform>%1, %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reminders</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionEditor</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message numerus="yes">
        <source>%n can&apos;t make it</source>
        <translation>
            <numerusform>%n can&apos;t make it</numerusform>
            <numerusform>%n can&apos;t make it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n can&apos;t make it: %1</source>
        <translation>
            <numerusform>%n can&apos;t make it: %1</numerusform>
            <numerusform>%n can&apos;t make it: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n come</source>
        <translation>
            <numerusform>%n comes</numerusform>
            <numerusform>%n come</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n marked</source>
        <translation>
            <numerusform>%n marked</numerusform>
            <numerusform>%n marked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n students</source>
        <translation>
            <numerusform>%n student</numerusform>
            <numerusform>%n students</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message numerus="yes">
        <source>%n changes that are not sent yet</source>
        <translation>
            <numerusform>%n change that is not sent yet</numerusform>
            <numerusform>%n changes that are not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes that need your attention</source>
        <translation>
            <numerusform>%n change that needs your attention</numerusform>
            <numerusform>%n changes that need your attention</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drafts</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other devices have to sign in again. What was not sent there is kept there.</source>
        <translation>
            <numerusform>%n other device has to sign in again. What was not sent there is kept there.</numerusform>
            <numerusform>%n other devices have to sign in again. What was not sent there is kept there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows are in %1.</source>
        <translation>
            <numerusform>%n row is in %1.</numerusform>
            <numerusform>%n rows are in %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StudentView</name>
    <message numerus="yes">
        <source>%n more sessions</source>
        <translation>
            <numerusform>%n more session</numerusform>
            <numerusform>%n more sessions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Students</name>
    <message numerus="yes">
        <source>%n entries wait</source>
        <translation>
            <numerusform>%n entry waits</numerusform>
            <numerusform>%n entries wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n held</numerusform>
            <numerusform>%n held</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sessions ahead</source>
        <translation>
            <numerusform>%n session ahead</numerusform>
            <numerusform>%n sessions ahead</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Your %n coming sessions with them are canceled, and they are told.</source>
        <translation>
            <numerusform>Your coming session with them is canceled, and they are told.</numerusform>
            <numerusform>Your %n coming sessions with them are canceled, and they are told.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncAsked</name>
    <message numerus="yes">
        <source>Everything is sent; %n changes need your attention.</source>
        <translation>
            <numerusform>Everything is sent; %n change needs your attention.</numerusform>
            <numerusform>Everything is sent; %n changes need your attention.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to date, but %n changes are held back for now.</source>
        <translation>
            <numerusform>Up to date, but %n change is held back for now.</numerusform>
            <numerusform>Up to date, but %n changes are held back for now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncWords</name>
    <message numerus="yes">
        <source>%n changes are saved here and not sent yet.</source>
        <translation>
            <numerusform>%n change is saved here and not sent yet.</numerusform>
            <numerusform>%n changes are saved here and not sent yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes held back</source>
        <translation>
            <numerusform>%n change held back</numerusform>
            <numerusform>%n changes held back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes need your attention.</source>
        <translation>
            <numerusform>%n change needs your attention.</numerusform>
            <numerusform>%n changes need your attention.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes waiting</source>
        <translation>
            <numerusform>%n change waiting</numerusform>
            <numerusform>%n changes waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sending %n changes</source>
        <translation>
            <numerusform>Sending %n change</numerusform>
            <numerusform>Sending %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The relay was restored from a backup. %n changes wait until others have sent again what they build on.</source>
        <translation>
            <numerusform>The relay was restored from a backup. %n change waits until others have sent again what it builds on.</numerusform>
            <numerusform>The relay was restored from a backup. %n changes wait until others have sent again what they build on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message numerus="yes">
        <source>%n updates</source>
        <translation>
            <numerusform>%n update</numerusform>
            <numerusform>%n updates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n updates while you were away</source>
        <translation>
            <numerusform>%n update while you were away</numerusform>
            <numerusform>%n updates while you were away</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n days</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n min</source>
        <translation>
            <numerusform>in %n min</numerusform>
            <numerusform>in %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>now, %n min left</source>
        <translation>
            <numerusform>now, %n min left</numerusform>
            <numerusform>now, %n min left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Today</name>
    <message numerus="yes">
        <source>%n approved</source>
        <translation>
            <numerusform>%n approved</numerusform>
            <numerusform>%n approved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n completed</source>
        <translation>
            <numerusform>%n completed</numerusform>
            <numerusform>%n completed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n done</source>
        <translation>
            <numerusform>%n done</numerusform>
            <numerusform>%n done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drafts</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n last month</source>
        <translation>
            <numerusform>%n last month</numerusform>
            <numerusform>%n last month</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>%n left</numerusform>
            <numerusform>%n left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need work</source>
        <translation>
            <numerusform>%n needs work</numerusform>
            <numerusform>%n need work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of yours active this week</source>
        <translation>
            <numerusform>%n of yours active this week</numerusform>
            <numerusform>%n of yours active this week</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n planned</source>
        <translation>
            <numerusform>%n planned</numerusform>
            <numerusform>%n planned</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reviewed</source>
        <translation>
            <numerusform>%n reviewed</numerusform>
            <numerusform>%n reviewed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n students have no mentor yet.</source>
        <translation>
            <numerusform>%n student has no mentor yet.</numerusform>
            <numerusform>%n students have no mentor yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to confirm</source>
        <translation>
            <numerusform>%n to confirm</numerusform>
            <numerusform>%n to confirm</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Topbar</name>
    <message numerus="yes">
        <source>Inbox, %n unread</source>
        <translation>
            <numerusform>Inbox, %n unread</numerusform>
            <numerusform>Inbox, %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>%n changes need your attention</source>
        <translation>
            <numerusform>%n change needs your attention</numerusform>
            <numerusform>%n changes need your attention</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Year</name>
    <message numerus="yes">
        <source>%n days in a row</source>
        <translation>
            <numerusform>%n day in a row</numerusform>
            <numerusform>%n days in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Your longest was %n days.</source>
        <translation>
            <numerusform>Your longest was %n day.</numerusform>
            <numerusform>Your longest was %n days.</numerusform>
        </translation>
    </message>
</context>
</TS>
