<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN">
<context>
    <name>Database</name>
    <message>
        <source>A field was declared anew as another kind, but the database holds values of the old one. Give the new field a name of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database reports a fault. Please report it to the administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database was written by a newer version of the program. Update the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: the change was not saved. Free some space and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database cannot be written to. Check the rights of its folder and start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database file cannot be opened. Check that its folder exists and may be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database file is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database is in use by another program. Close it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk does not take the change. Check that it has space and is healthy, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This record is no longer there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>in %n min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n d</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>just overdue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n min overdue</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h overdue</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d overdue</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1K</source>
        <comment>thousand</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1M</source>
        <comment>million</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1B</source>
        <comment>billion</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Id</name>
    <message>
        <source>This is not an identifier.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Phone</name>
    <message>
        <source>This is not a phone number. Write it like 0901 234 567 or +84 901 234 567.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>A declaration of record types cannot be read: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder %1 to read record types from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A declaration of record types is larger than 1 MiB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>en</source>
        <comment>code of the language of these texts</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not one of the choices of this field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a date. Write it like 31/12/2026.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a time. Write it like 31/12/2026 14:30.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is neither yes nor no.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a place. Write latitude and longitude like 10.7769, 106.7009.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text is expected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This text is too long: %1 characters, at most %2 are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not written the way this field asks for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number is expected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value is too small: at least %1 is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value is too large: at most %1 is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A time between the years 1 and 9999 is expected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A whole number is expected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A list is expected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are too many files: at most %1 are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A list of texts is expected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file is named by its SHA-256 digest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A place is a latitude and a longitude.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This place is not on the globe: latitude goes to 90, longitude to 180 degrees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text in each language is expected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Texts are kept in Vietnamese, English and Chinese.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a web address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A date is expected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not an e-mail address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes or no is expected here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no field “%1” in this kind of record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This field must be filled in.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Store</name>
    <message>
        <source>The local data are still being opened. Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The local data are damaged. Start the program again: they are fetched anew from central, and changes not yet sent are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of the local data cannot be written to. Check its rights and start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: the change was not saved. Free some space and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no field “%1” in this kind of record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This filter needs one value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to. Check its rights and start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The damaged file %1 cannot be put aside. Check the rights of its folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such kind of record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This field must be filled in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This kind of record has no steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your account may not take this step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This step cannot be taken any more: the record has moved on. Look at its timeline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your account may not change this kind of record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This record exists already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This record does not exist any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entries of this kind are never changed. Add a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program is incomplete. Install it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This entry is not in the list any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This change builds on another one in quarantine. Try that one again first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It builds on a change that was refused: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record was deleted by somebody else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record no longer belongs to your unit&apos;s area of work.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wire</name>
    <message>
        <source>The message cannot be understood. Update the older of the two programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is too large. Send less at a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message is damaged. Try again; if it happens again, update the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The place in the feed cannot be read. The device has to start again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::BarChart</name>
    <message>
        <source>There is nothing to count yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::CameraAddress</name>
    <message>
        <source>This is not a camera address. Enter one that begins with rtsp://, rtsps://, http:// or https://.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::CameraPane</name>
    <message>
        <source>No cameras yet. Add them in the catalogue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a camera</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::CameraServer</name>
    <message>
        <source>Port %1 cannot be listened on. Stop the program that uses it or choose another port.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::CameraStream</name>
    <message>
        <source>The picture could not be converted. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera shows no picture now. Try again when it is live.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::CameraText</name>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a camera address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera refuses the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No usable answer from the camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera has no such stream.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera does not accept the user or password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The stream carries no video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected, but no picture arrives.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The camera sends data that makes no sense.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This kind of video is not supported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the camera was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter one that begins with rtsp://, rtsps://, http:// or https://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it is switched on and that the port is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its address and the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that this is a camera&apos;s address, and its power and network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path in its address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the right ones in the camera&apos;s record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the camera&apos;s video stream.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set its key frame interval to 1 to 2 seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restart the camera, and check that its address is that of a camera.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the camera to H.264 or H.265.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::CameraTile</name>
    <message numerus="yes">
        <source>Next try in %n s.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No new picture for a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the wall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take still image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::CameraWallWidget</name>
    <message numerus="yes">
        <source>%n cameras on a page</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>How many cameras a page shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the wall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the wall (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous cameras (Page Up)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next cameras (Page Down)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n cameras</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1–%2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n live</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connecting</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stalled</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n retrying</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>This camera is not on screen. Open it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cameras yet. Add cameras in the catalogue and they appear here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::CataloguePage</name>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kinds of record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No records yet. Add the first one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::Clip</name>
    <message>
        <source>The clip %1 cannot be read and is left out. Record it again or give another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clip %1 is left out: only H.264, HEVC and motion JPEG are played.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clip %1 is left out: it holds more than 256 MB of video. Cut it shorter.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::ComplaintDetailWidget</name>
    <message>
        <source>Choose a complaint in the queue to see it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deadlines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nearby</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note for the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(provisional number)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (due %2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done late, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done in time, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · extended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back the last step (Ctrl+Shift+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::ComplaintQueueWidget</name>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New complaint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take down a new complaint (Ctrl+N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No complaints here. Change the view or the filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::ComplaintSteps</name>
    <message>
        <source>Saved: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no step of yours to take back.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::ConflictDialog</name>
    <message>
        <source>Settle a conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else changed the same fields. Choose which value is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At central</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Central&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All central&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::FieldEditor</name>
    <message>
        <source>Choose a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::FilterBar</name>
    <message>
        <source>Search…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all records again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::IndicatorCard</name>
    <message>
        <source>down %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::MainWindow</name>
    <message>
        <source>Tourism IOC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indicators</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complaint queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronisation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrange as at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a complaint first: the image is kept with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image could not be saved. Check that the disk has space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image from camera “%1”, kept on this device (SHA-256 %2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image saved to the complaint</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::MapFormat</name>
    <message>
        <source>%1° S</source>
        <comment>southern latitude</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1° N</source>
        <comment>northern latitude</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1° W</source>
        <comment>western longitude</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1° E</source>
        <comment>eastern longitude</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::MapLegend</name>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the list of layers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::MapNotice</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::MapSearch</name>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a place</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::MapWidget</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>layer and number of places</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::MapZoomBar</name>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole area</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::NearbyWidget</name>
    <message>
        <source>%1 m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::OsmExtract</name>
    <message>
        <source>“%1” does not exist. Check the path of the extract.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no room for temporary files. Make room and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The extract holds no roads. Choose an extract of an inhabited area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program ogr2ogr is missing. Install it (package gdal-bin).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. Nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The extract cannot be read. Is it a whole .osm.pbf file? Download it again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::OutboxModel</name>
    <message>
        <source>New: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for an earlier change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken by central</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::PeriodCanvas</name>
    <message>
        <source>Month %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Total</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::RecordDialog</name>
    <message>
        <source>New: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close without saving? What you wrote here will be lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::RecordTableModel</name>
    <message>
        <source>(provisional)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::RecordTableWidget</name>
    <message>
        <source>No records found. Change the search or the filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::ReferenceEdit</name>
    <message>
        <source>Type part of the name…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one from the list, or clear the field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::Renderer</name>
    <message>
        <source>The font Noto Sans is missing. Install it (package fonts-noto-core) or name its folder with --fonts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. Nothing was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The map could not be drawn: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tourism IOC: sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tourism operations center</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::StatusLine</name>
    <message>
        <source>Signed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline: work goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last sync: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::StepDialog</name>
    <message>
        <source>Reason (required)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note for the timeline (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note for the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::SynchronisationPage</name>
    <message>
        <source>Everything was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settle…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No conflicts: nobody else changed what you changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fields</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard the chosen changes for good? Central has refused them; they exist only here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::TilePack</name>
    <message>
        <source>The map pack “%1” is damaged. The map goes on without it; make the pack anew or copy it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The map pack “%1” is missing. Choose another one in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The map pack “%1” cannot be read. Check who may read the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The map pack “%1” does not hold pictures (PNG or JPEG). Choose a raster map pack.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::TilePackWriter</name>
    <message>
        <source>“%1” cannot be written. Check the folder, the free space and who may write there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::TileService</name>
    <message>
        <source>The map cannot be shown: no local port is free. Close other programs and start again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::TimeSeriesChart</name>
    <message>
        <source>There are no figures for this period yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ioc::TimelineWidget</name>
    <message>
        <source> · not sent yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of names: vi or en.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom levels, for example 0-9.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads that draw.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of Noto Sans.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes map packs (MBTiles) for Tourism IOC.
  tourism-ioc-mappack basemap OUT.mbtiles           seas, countries, provinces and islands
  tourism-ioc-mappack osm EXTRACT.osm.pbf OUT.mbtiles   streets of an OpenStreetMap extract</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
