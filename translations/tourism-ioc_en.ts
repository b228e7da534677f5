<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Access</name>
    <message numerus="yes">
        <source>Too many failed attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Too many failed attempts. Try again in %n second.</numerusform>
            <numerusform>Too many failed attempts. Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Central</name>
    <message numerus="yes">
        <source>%n entry(s) before entry %1 were removed and those after it given new numbers.</source>
        <translation>
            <numerusform>%n entry before entry %1 was removed and those after it given new numbers.</numerusform>
            <numerusform>%n entries before entry %1 were removed and those after it given new numbers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) have no entry in the journal, the first of them %1.</source>
        <translation>
            <numerusform>%n change has no entry in the journal: %1.</numerusform>
            <numerusform>%n changes have no entry in the journal, the first of them %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CentralProgram</name>
    <message numerus="yes">
        <source>%n line(s), %1: %2</source>
        <translation>
            <numerusform>%n line, %1: %2</numerusform>
            <numerusform>%n lines, %1: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The backup is in %1: %n file(s), up to change %2. It holds keys and personal data: keep it where only you can read it.</source>
        <translation>
            <numerusform>The backup is in %1: %n file, up to change %2. It holds keys and personal data: keep it where only you can read it.</numerusform>
            <numerusform>The backup is in %1: %n files, up to change %2. It holds keys and personal data: keep it where only you can read it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n fault(s) to mend.</source>
        <translation>
            <numerusform>There is %n fault to mend.</numerusform>
            <numerusform>There are %n faults to mend.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) of the audit journal are in %1.</source>
        <translation>
            <numerusform>%n entry of the audit journal is in %1.</numerusform>
            <numerusform>%n entries of the audit journal are in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) are in %1, with what belongs to them. The file holds personal data: give it to nobody but the person.</source>
        <translation>
            <numerusform>%n record is in %1, with what belongs to it. The file holds personal data: give it to nobody but the person.</numerusform>
            <numerusform>%n records are in %1, with what belongs to them. The file holds personal data: give it to nobody but the person.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The personal data of %n record(s) are erased and cannot be had back from this database. Devices erase them when they next get in touch. Backups made before still hold them: delete those, or erase again after one is restored.</source>
        <translation>
            <numerusform>The personal data of %n record are erased and cannot be had back from this database. Devices erase them when they next get in touch. Backups made before still hold them: delete those, or erase again after one is restored.</numerusform>
            <numerusform>The personal data of %n records are erased and cannot be had back from this database. Devices erase them when they next get in touch. Backups made before still hold them: delete those, or erase again after one is restored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n older backup(s) removed.</source>
        <translation>
            <numerusform>%n older backup removed.</numerusform>
            <numerusform>%n older backups removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message numerus="yes">
        <source>The clocks of this machine and of %1 are %n second(s) apart: nobody could sign in there.</source>
        <translation>
            <numerusform>The clocks of this machine and of %1 are %n second apart: nobody could sign in there.</numerusform>
            <numerusform>The clocks of this machine and of %1 are %n seconds apart: nobody could sign in there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sign-in service %1 answers, with %n key(s) of use.</source>
        <translation>
            <numerusform>The sign-in service %1 answers, with %n key of use.</numerusform>
            <numerusform>The sign-in service %1 answers, with %n keys of use.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Personal data are sealed; %n record(s) have a key.</source>
        <translation>
            <numerusform>Personal data are sealed; %n record has a key.</numerusform>
            <numerusform>Personal data are sealed; %n records have a key.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>in %n min</source>
        <translation>
            <numerusform>in %n min</numerusform>
            <numerusform>in %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation>
            <numerusform>in %n h</numerusform>
            <numerusform>in %n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n d</source>
        <translation>
            <numerusform>in %n d</numerusform>
            <numerusform>in %n d</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d ago</source>
        <translation>
            <numerusform>%n d ago</numerusform>
            <numerusform>%n d ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min overdue</source>
        <translation>
            <numerusform>%n min overdue</numerusform>
            <numerusform>%n min overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>%n min left</numerusform>
            <numerusform>%n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h overdue</source>
        <translation>
            <numerusform>%n h overdue</numerusform>
            <numerusform>%n h overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>%n h left</numerusform>
            <numerusform>%n h left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d overdue</source>
        <translation>
            <numerusform>%n d overdue</numerusform>
            <numerusform>%n d overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d left</source>
        <translation>
            <numerusform>%n d left</numerusform>
            <numerusform>%n d left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
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
        <source>%n d</source>
        <translation>
            <numerusform>%n d</numerusform>
            <numerusform>%n d</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message numerus="yes">
        <source>It is more than %n day(s) since you were last connected to central: sign in when it is reached again. What is saved here stays.</source>
        <translation>
            <numerusform>It is more than %n day since you were last connected to central: sign in when it is reached again. What is saved here stays.</numerusform>
            <numerusform>It is more than %n days since you were last connected to central: sign in when it is reached again. What is saved here stays.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too many failed attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Too many failed attempts. Try again in %n second.</numerusform>
            <numerusform>Too many failed attempts. Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::AccountPane</name>
    <message numerus="yes">
        <source>Signed in on %n device(s)</source>
        <translation>
            <numerusform>Signed in on %n device</numerusform>
            <numerusform>Signed in on %n devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sign “%1” out on %n device(s)? The password is asked for there again; nothing is lost.</source>
        <translation>
            <numerusform>Sign “%1” out on %n device? The password is asked for there again; nothing is lost.</numerusform>
            <numerusform>Sign “%1” out on %n devices? The password is asked for there again; nothing is lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::BrowserSignIn</name>
    <message numerus="yes">
        <source>Nobody has signed in in the browser within %n minute(s). Try again.</source>
        <translation>
            <numerusform>Nobody has signed in in the browser within %n minute. Try again.</numerusform>
            <numerusform>Nobody has signed in in the browser within %n minutes. Try again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::CameraTile</name>
    <message numerus="yes">
        <source>Next try in %n s.</source>
        <translation>
            <numerusform>Next try in %n s.</numerusform>
            <numerusform>Next try in %n s.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::CameraWallWidget</name>
    <message numerus="yes">
        <source>%n cameras on a page</source>
        <translation>
            <numerusform>%n cameras on a page</numerusform>
            <numerusform>%n cameras on a page</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cameras</source>
        <translation>
            <numerusform>%n cameras</numerusform>
            <numerusform>%n cameras</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live</source>
        <translation>
            <numerusform>%n live</numerusform>
            <numerusform>%n live</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connecting</source>
        <translation>
            <numerusform>%n connecting</numerusform>
            <numerusform>%n connecting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stalled</source>
        <translation>
            <numerusform>%n stalled</numerusform>
            <numerusform>%n stalled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n retrying</source>
        <translation>
            <numerusform>%n retrying</numerusform>
            <numerusform>%n retrying</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::ConflictPane</name>
    <message numerus="yes">
        <source>%n taken back</source>
        <translation>
            <numerusform>%n taken back</numerusform>
            <numerusform>%n taken back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n settled</source>
        <translation>
            <numerusform>%n settled</numerusform>
            <numerusform>%n settled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n left as they are: %2</source>
        <translation>
            <numerusform>%1; %n left as it is: %2</numerusform>
            <numerusform>%1; %n left as they are: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries that tell of the step go with it: %1</source>
        <translation>
            <numerusform>%n entry that tells of the step goes with it: %1</numerusform>
            <numerusform>%n entries that tell of the step go with it: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::ConflictValueDialog</name>
    <message numerus="yes">
        <source>The value is kept in all %n chosen conflicts of this field.</source>
        <translation>
            <numerusform>The value is kept in the %n chosen conflict of this field.</numerusform>
            <numerusform>The value is kept in all %n chosen conflicts of this field.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::Desktop</name>
    <message numerus="yes">
        <source>The local data were damaged and are fetched anew from central. %n change(s) not yet sent were rescued.</source>
        <translation>
            <numerusform>The local data were damaged and are fetched anew from central. %n change not yet sent were rescued.</numerusform>
            <numerusform>The local data were damaged and are fetched anew from central. %n changes not yet sent were rescued.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::EntryPane</name>
    <message numerus="yes">
        <source>%n sent again</source>
        <translation>
            <numerusform>%n sent again</numerusform>
            <numerusform>%n sent again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n discarded; until the program ends they can be brought back</source>
        <translation>
            <numerusform>%n discarded; until the program ends it can be brought back</numerusform>
            <numerusform>%n discarded; until the program ends they can be brought back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n brought back</source>
        <translation>
            <numerusform>%n brought back</numerusform>
            <numerusform>%n brought back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n left as they are: %2</source>
        <translation>
            <numerusform>%1; %n left as it is: %2</numerusform>
            <numerusform>%1; %n left as they are: %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes written to %1. They stay here as well.</source>
        <translation>
            <numerusform>%n change written to %1. It stays here as well.</numerusform>
            <numerusform>%n changes written to %1. They stay here as well.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n imported</source>
        <translation>
            <numerusform>%n imported</numerusform>
            <numerusform>%n imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them made by %1: they wait until that account signs in here</source>
        <translation>
            <numerusform>%n of them made by %1: it waits until that account signs in here</numerusform>
            <numerusform>%n of them made by %1: they wait until that account signs in here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in quarantine</source>
        <translation>
            <numerusform>%n in quarantine</numerusform>
            <numerusform>%n in quarantine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n known already</numerusform>
            <numerusform>%n known already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::EntryTable</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::IndicatorEvaluator</name>
    <message numerus="yes">
        <source>%n answered, %1 more in time after an extension</source>
        <translation>
            <numerusform>%n answered, %1 more in time after an extension</numerusform>
            <numerusform>%n answered, %1 more in time after an extension</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n market(s) added up</source>
        <translation>
            <numerusform>%n market added up</numerusform>
            <numerusform>%n markets added up</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::MainWindow</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::MapWidget</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::PinDialog</name>
    <message numerus="yes">
        <source>With a PIN you unlock this device and, for up to %n day(s), sign in on it when the network is away: enter it in place of a password. It is good on this device alone.</source>
        <translation>
            <numerusform>With a PIN you unlock this device and, for up to %n day, sign in on it when the network is away: enter it in place of a password. It is good on this device alone.</numerusform>
            <numerusform>With a PIN you unlock this device and, for up to %n days, sign in on it when the network is away: enter it in place of a password. It is good on this device alone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::ProviderWidget</name>
    <message numerus="yes">
        <source>Sign in in the browser that has opened, within %n minute(s). This window then goes on by itself.</source>
        <translation>
            <numerusform>Sign in in the browser that has opened, within %n minute. This window then goes on by itself.</numerusform>
            <numerusform>Sign in in the browser that has opened, within %n minutes. This window then goes on by itself.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::RecordTableWidget</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::RowPane</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n entries</source>
        <translation>
            <numerusform>%1 of %n entry</numerusform>
            <numerusform>%1 of %n entries</numerusform>
        </translation>
    </message>
</context>
</TS>
