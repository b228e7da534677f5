<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN">
<context>
    <name>Access</name>
    <message>
        <source>The password cannot be checked: OpenSSL 3.2 or newer with Argon2id is needed.</source>
        <translation>Không kiểm tra được mật khẩu: cần OpenSSL 3.2 trở lên có Argon2id.</translation>
    </message>
    <message>
        <source>The password is too long: at most %1 characters are taken.</source>
        <translation>Mật khẩu quá dài: chỉ nhận tối đa %1 ký tự.</translation>
    </message>
    <message>
        <source>This password is easy to guess. Choose another, for example several words.</source>
        <translation>Mật khẩu này dễ đoán. Hãy chọn mật khẩu khác, ví dụ gồm nhiều từ.</translation>
    </message>
    <message>
        <source>The stored password is damaged. Ask the administrator to set a new one.</source>
        <translation>Mật khẩu lưu trữ bị hỏng. Hãy đề nghị quản trị viên đặt lại.</translation>
    </message>
    <message>
        <source>The session has ended. Sign in again.</source>
        <translation>Phiên làm việc đã hết. Hãy đăng nhập lại.</translation>
    </message>
    <message>
        <source>The login or the password is wrong.</source>
        <translation>Tên đăng nhập hoặc mật khẩu không đúng.</translation>
    </message>
    <message>
        <source>The system gives no random numbers. Please report it to the administrator.</source>
        <translation>Hệ thống không tạo được số ngẫu nhiên. Vui lòng báo quản trị viên.</translation>
    </message>
    <message numerus="yes">
        <source>Too many failed attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Sai quá nhiều lần. Hãy thử lại sau %n giây.</numerusform>
        </translation>
    </message>
    <message>
        <source>The value cannot be sealed. Please report it to the administrator.</source>
        <translation>Không mã hóa được giá trị. Vui lòng báo cho quản trị viên.</translation>
    </message>
    <message>
        <source>The sealed value cannot be opened: it was changed, or sealed with another key.</source>
        <translation>Không mở được giá trị đã mã hóa: nó đã bị sửa hoặc được mã hóa bằng khóa khác.</translation>
    </message>
    <message>
        <source>This is no sealed value of a kind that this program knows. Update the program.</source>
        <translation>Đây không phải giá trị mã hóa mà chương trình này biết. Hãy cập nhật chương trình.</translation>
    </message>
    <message>
        <source>The sealed value cannot be opened: its key is not at hand.</source>
        <translation>Không mở được giá trị đã mã hóa: không có khóa của nó.</translation>
    </message>
    <message>
        <source>The key file is damaged. Restore it from a backup or sign in online for a new one.</source>
        <translation>Tệp khóa bị hỏng. Hãy khôi phục từ bản sao lưu hoặc đăng nhập trực tuyến để nhận khóa mới.</translation>
    </message>
    <message>
        <source>The passphrase is wrong.</source>
        <translation>Cụm mật khẩu không đúng.</translation>
    </message>
    <message>
        <source>The password is too short: at least %1 characters are needed.</source>
        <translation>Mật khẩu quá ngắn: cần ít nhất %1 ký tự.</translation>
    </message>
    <message>
        <source>This device has been revoked: it may not be used until an administrator restores it. Nothing on it was deleted.</source>
        <translation>Máy này đã bị thu hồi: không dùng được cho đến khi quản trị viên khôi phục. Không có gì trên máy bị xóa.</translation>
    </message>
    <message>
        <source>Your password has to be changed before you go on.</source>
        <translation>Bạn phải đổi mật khẩu rồi mới tiếp tục được.</translation>
    </message>
    <message>
        <source>Your present password is wrong.</source>
        <translation>Mật khẩu hiện tại không đúng.</translation>
    </message>
    <message>
        <source>The new password is the present one. Choose another.</source>
        <translation>Mật khẩu mới trùng với mật khẩu hiện tại. Hãy chọn mật khẩu khác.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in cannot be verified. Try again; if it lasts, tell the administrator of your center.</source>
        <translation>Không xác minh được lần đăng nhập bằng tài khoản thành phố. Hãy thử lại; nếu vẫn vậy, hãy báo quản trị viên của trung tâm.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in has run out. Sign in again; if it happens again, the clocks of your center&apos;s server and of the city&apos;s sign-in service differ: tell the administrator.</source>
        <translation>Lần đăng nhập bằng tài khoản thành phố đã hết hạn. Hãy đăng nhập lại; nếu vẫn vậy thì đồng hồ của máy chủ trung tâm và của dịch vụ đăng nhập lệch nhau: hãy báo quản trị viên.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in is not valid yet: the clocks of your center&apos;s server and of the city&apos;s sign-in service differ. Tell the administrator.</source>
        <translation>Lần đăng nhập bằng tài khoản thành phố chưa có hiệu lực: đồng hồ của máy chủ trung tâm và của dịch vụ đăng nhập lệch nhau. Hãy báo quản trị viên.</translation>
    </message>
    <message>
        <source>The keys of the city&apos;s sign-in service cannot be read. Tell whoever runs it.</source>
        <translation>Không đọc được các khóa của dịch vụ đăng nhập của thành phố. Hãy báo đơn vị vận hành dịch vụ đó.</translation>
    </message>
    <message>
        <source>What the city&apos;s sign-in service gave is not a token. Tell the administrator of your center.</source>
        <translation>Dữ liệu mà dịch vụ đăng nhập của thành phố trả về không phải là mã xác thực hợp lệ. Hãy báo quản trị viên của trung tâm.</translation>
    </message>
    <message>
        <source>The PIN is too short: at least %1 digits or letters are needed.</source>
        <translation>Mã PIN quá ngắn: cần ít nhất %1 chữ số hoặc chữ cái.</translation>
    </message>
    <message>
        <source>The PIN is too long: at most %1 characters are taken.</source>
        <translation>Mã PIN quá dài: nhiều nhất %1 ký tự.</translation>
    </message>
    <message>
        <source>This PIN is easy to guess. Choose another, and no date.</source>
        <translation>Mã PIN này dễ đoán. Hãy chọn mã khác, không dùng ngày tháng.</translation>
    </message>
    <message>
        <source>What the city&apos;s sign-in service tells of itself cannot be read: is the issuer in oidc.json right?</source>
        <translation>Không đọc được thông tin mà dịch vụ đăng nhập của thành phố công bố: “issuer” trong oidc.json đã đúng chưa?</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service calls itself “%1”, not as oidc.json does. Write it there exactly so.</source>
        <translation>Dịch vụ đăng nhập của thành phố tự gọi là “%1”, khác với oidc.json. Hãy ghi trong tệp đúng như vậy.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service does not name its addresses, or not with https. Tell whoever runs it.</source>
        <translation>Dịch vụ đăng nhập của thành phố không công bố địa chỉ của mình, hoặc không dùng https. Hãy báo đơn vị vận hành dịch vụ đó.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service signs in no way that is understood here (%1). Tell whoever runs it.</source>
        <translation>Dịch vụ đăng nhập của thành phố không dùng cách ký nào được hỗ trợ ở đây (%1). Hãy báo đơn vị vận hành dịch vụ đó.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service does not offer PKCE with S256. Tell whoever runs it.</source>
        <translation>Dịch vụ đăng nhập của thành phố không hỗ trợ PKCE với S256. Hãy báo đơn vị vận hành dịch vụ đó.</translation>
    </message>
    <message>
        <source>This is no key of personal data. Update the program.</source>
        <translation>Đây không phải khóa dữ liệu cá nhân. Hãy cập nhật chương trình.</translation>
    </message>
    <message>
        <source>A key of personal data is damaged. Restore the database from a backup.</source>
        <translation>Một khóa dữ liệu cá nhân bị hỏng. Hãy khôi phục cơ sở dữ liệu từ bản sao lưu.</translation>
    </message>
    <message>
        <source>Personal data are locked on this device. Lock the screen and sign in again; then try once more.</source>
        <translation>Dữ liệu cá nhân trên thiết bị này đang khóa. Hãy khóa màn hình và đăng nhập lại, rồi thử lại.</translation>
    </message>
    <message>
        <source>Central&apos;s answer about personal data cannot be understood. Update the program.</source>
        <translation>Không hiểu được trả lời của máy chủ trung tâm về dữ liệu cá nhân. Hãy cập nhật chương trình.</translation>
    </message>
</context>
<context>
    <name>Central</name>
    <message>
        <source>There is no account “%1”.</source>
        <translation>Không có tài khoản “%1”.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The login “%1” is taken. Choose another.</source>
        <translation>Tên đăng nhập “%1” đã có người dùng. Hãy chọn tên khác.</translation>
    </message>
    <message>
        <source>There is no kind of record called “%1”.</source>
        <translation>Không có loại bản ghi nào tên “%1”.</translation>
    </message>
    <message>
        <source>The record has no identifier.</source>
        <translation>Bản ghi không có mã định danh.</translation>
    </message>
    <message>
        <source>The same record is there already.</source>
        <translation>Đã có bản ghi giống như vậy.</translation>
    </message>
    <message>
        <source>The record was merged into another one.</source>
        <translation>Bản ghi đã được gộp vào bản ghi khác.</translation>
    </message>
    <message>
        <source>Entries of this kind are never changed. Add a new one instead.</source>
        <translation>Mục loại này không được sửa. Hãy thêm mục mới.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read. Make the certificates with “init” or check its rights.</source>
        <translation>Không đọc được tệp %1. Hãy tạo chứng thư bằng “init” hoặc kiểm tra quyền của tệp.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate or key is damaged. Make new ones with “init” in another folder.</source>
        <translation>Chứng thư hoặc khóa của máy chủ bị hỏng. Hãy tạo lại bằng “init” trong thư mục khác.</translation>
    </message>
    <message>
        <source>The message is too large. Send less at a time.</source>
        <translation>Thông điệp quá lớn. Hãy gửi ít hơn mỗi lần.</translation>
    </message>
    <message>
        <source>Port %1 is taken by another program. Stop that program or choose another port with --port.</source>
        <translation>Cổng %1 đang được chương trình khác dùng. Hãy dừng chương trình đó hoặc chọn cổng khác bằng --port.</translation>
    </message>
    <message>
        <source>Central cannot listen on %1, port %2: %3</source>
        <translation>Trung tâm không mở được %1, cổng %2: %3</translation>
    </message>
    <message>
        <source>The central database is damaged. Restore it from a backup.</source>
        <translation>Cơ sở dữ liệu trung tâm bị hỏng. Hãy phục hồi từ bản sao lưu.</translation>
    </message>
    <message>
        <source>The folder %1 holds a central already. Choose an empty folder.</source>
        <translation>Thư mục %1 đã có một trung tâm. Hãy chọn thư mục trống.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made. Check the rights of the folder above it.</source>
        <translation>Không tạo được thư mục %1. Hãy kiểm tra quyền của thư mục cha.</translation>
    </message>
    <message>
        <source>The folder %1 holds no central. Make one with “init”.</source>
        <translation>Thư mục %1 chưa có trung tâm. Hãy tạo bằng “init”.</translation>
    </message>
    <message>
        <source>“%1” is not the name or address of a host.</source>
        <translation>“%1” không phải tên hoặc địa chỉ máy chủ.</translation>
    </message>
    <message>
        <source>The certificates could not be made. Please report it to the administrator.</source>
        <translation>Không tạo được chứng thư. Vui lòng báo quản trị viên.</translation>
    </message>
    <message>
        <source>The file %1 cannot be written. Check the rights of its folder and the space on the disk.</source>
        <translation>Không ghi được tệp %1. Hãy kiểm tra quyền của thư mục và dung lượng đĩa.</translation>
    </message>
    <message>
        <source>The file %1 is there already and is not overwritten.</source>
        <translation>Tệp %1 đã có và không bị ghi đè.</translation>
    </message>
    <message>
        <source>Central&apos;s data are not those this device has followed. The device has to start again; what it has not sent is kept.</source>
        <translation>Dữ liệu trung tâm không phải dữ liệu mà thiết bị này đã theo. Thiết bị phải tải lại từ đầu; những gì chưa gửi vẫn được giữ.</translation>
    </message>
    <message>
        <source>Your role may not change this kind of record. Ask the administrator.</source>
        <translation>Vai trò của bạn không được sửa loại bản ghi này. Hãy hỏi quản trị viên.</translation>
    </message>
    <message>
        <source>This kind of record has no steps.</source>
        <translation>Loại bản ghi này không có bước xử lý.</translation>
    </message>
    <message>
        <source>Central does not know the step “%1”. Update the older of the two programs.</source>
        <translation>Trung tâm không biết bước “%1”. Hãy cập nhật chương trình cũ hơn trong hai bên.</translation>
    </message>
    <message>
        <source>Your role may not take this step. Ask the administrator.</source>
        <translation>Vai trò của bạn không được thực hiện bước này. Hãy hỏi quản trị viên.</translation>
    </message>
    <message>
        <source>Central does not know the field “%1”. Update the older of the two programs.</source>
        <translation>Trung tâm không biết trường “%1”. Hãy cập nhật chương trình cũ hơn trong hai bên.</translation>
    </message>
    <message>
        <source>The field “%1” is kept by central and cannot be written.</source>
        <translation>Trường “%1” do trung tâm quản lý, không ghi được.</translation>
    </message>
    <message>
        <source>Central does not know the kind of record “%1”. Update the older of the two programs.</source>
        <translation>Trung tâm không biết loại bản ghi “%1”. Hãy cập nhật chương trình cũ hơn trong hai bên.</translation>
    </message>
    <message>
        <source>A record is merged into another one.</source>
        <translation>Một bản ghi phải được gộp vào bản ghi khác.</translation>
    </message>
    <message>
        <source>This kind of change has no fields.</source>
        <translation>Loại thay đổi này không có trường.</translation>
    </message>
    <message>
        <source>The field “%1” is changed twice.</source>
        <translation>Trường “%1” bị đổi hai lần.</translation>
    </message>
    <message>
        <source>This change was made by another account. It is sent when that account signs in on this device.</source>
        <translation>Thay đổi này do tài khoản khác thực hiện. Nó được gửi khi tài khoản đó đăng nhập trên máy này.</translation>
    </message>
    <message>
        <source>Another account&apos;s change has this identifier already.</source>
        <translation>Mã này đã thuộc về thay đổi của tài khoản khác.</translation>
    </message>
    <message>
        <source>It builds on a change that has not reached central yet.</source>
        <translation>Thay đổi này dựa trên một thay đổi chưa đến trung tâm.</translation>
    </message>
    <message>
        <source>It builds on a change that was refused: %1</source>
        <translation>Dựa trên một thay đổi đã bị từ chối: %1</translation>
    </message>
    <message>
        <source>It belongs to a step that somebody else&apos;s change kept from taking place.</source>
        <translation>Thay đổi này thuộc về một bước không thực hiện được do thay đổi của người khác.</translation>
    </message>
    <message>
        <source>Central does not have this record.</source>
        <translation>Trung tâm không có bản ghi này.</translation>
    </message>
    <message>
        <source>The database reports a fault. Please report it to the administrator.</source>
        <translation>Cơ sở dữ liệu báo lỗi. Vui lòng báo cho quản trị viên.</translation>
    </message>
    <message>
        <source>A new record starts in its first state.</source>
        <translation>Bản ghi mới phải bắt đầu từ trạng thái đầu tiên.</translation>
    </message>
    <message>
        <source>Another entry has this identifier already.</source>
        <translation>Mục khác đã có mã này.</translation>
    </message>
    <message>
        <source>This step cannot be taken from the record&apos;s present state.</source>
        <translation>Không thực hiện được bước này từ trạng thái hiện tại của bản ghi.</translation>
    </message>
    <message>
        <source>There is no step to take back.</source>
        <translation>Không có bước nào để hoàn tác.</translation>
    </message>
    <message>
        <source>Only who took the last step may take it back.</source>
        <translation>Chỉ người thực hiện bước cuối mới được hoàn tác.</translation>
    </message>
    <message>
        <source>This step does not lead to the state that was asked for.</source>
        <translation>Bước này không dẫn đến trạng thái được yêu cầu.</translation>
    </message>
    <message>
        <source>The field “%1” must be filled in before this step.</source>
        <translation>Phải điền trường “%1” trước bước này.</translation>
    </message>
    <message>
        <source>The field “%1” names a record that central does not have.</source>
        <translation>Trường “%1” chỉ đến một bản ghi mà trung tâm không có.</translation>
    </message>
    <message>
        <source>The record type “%1” or its field “%2” has a name that the database needs itself. Choose another.</source>
        <translation>Loại bản ghi “%1” hoặc trường “%2” trùng tên mà cơ sở dữ liệu cần dùng. Hãy chọn tên khác.</translation>
    </message>
    <message>
        <source>The request cannot be understood. Update the older of the two programs.</source>
        <translation>Không hiểu được yêu cầu. Hãy cập nhật chương trình cũ hơn trong hai bên.</translation>
    </message>
    <message>
        <source>Central does not offer this. Update the older of the two programs.</source>
        <translation>Trung tâm không có chức năng này. Hãy cập nhật chương trình cũ hơn trong hai bên.</translation>
    </message>
    <message>
        <source>There is nothing at this address. Check the address of central.</source>
        <translation>Không có gì tại địa chỉ này. Hãy kiểm tra địa chỉ trung tâm.</translation>
    </message>
    <message>
        <source>The database %1 holds a central already. Choose an empty database.</source>
        <translation>Cơ sở dữ liệu %1 đã chứa một máy chủ trung tâm. Hãy chọn cơ sở dữ liệu trống.</translation>
    </message>
    <message>
        <source>The database %1 holds no central. Make one with “init”.</source>
        <translation>Cơ sở dữ liệu %1 chưa có máy chủ trung tâm. Hãy tạo bằng “init”.</translation>
    </message>
    <message>
        <source>The backup is damaged: %1 is not as it was when the backup was made. Use another backup.</source>
        <translation>Bản sao lưu bị hỏng: %1 không còn như lúc sao lưu. Hãy dùng bản sao lưu khác.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read. Check its rights.</source>
        <translation>Không đọc được tệp %1. Hãy kiểm tra quyền truy cập tệp.</translation>
    </message>
    <message>
        <source>The folder %1 is not empty and nothing in it is overwritten. Choose an empty folder.</source>
        <translation>Thư mục %1 không trống và không bị ghi đè. Hãy chọn thư mục trống.</translation>
    </message>
    <message>
        <source>The folder %1 holds no whole backup: its %2 is missing. Choose the folder that “backup” made.</source>
        <translation>Thư mục %1 không chứa bản sao lưu hoàn chỉnh: thiếu %2. Hãy chọn thư mục do lệnh “backup” tạo ra.</translation>
    </message>
    <message>
        <source>The backup was made by a newer version. Update this program first.</source>
        <translation>Bản sao lưu do phiên bản mới hơn tạo ra. Hãy cập nhật chương trình này trước.</translation>
    </message>
    <message>
        <source>This file is no longer offered. Ask which one is.</source>
        <translation>Tệp này không còn được cung cấp. Hãy hỏi lại tệp hiện có.</translation>
    </message>
    <message>
        <source>There are few records here: follow the changes from the start.</source>
        <translation>Số bản ghi ở đây còn ít: hãy nhận các thay đổi từ đầu.</translation>
    </message>
    <message>
        <source>The file for new devices cannot be made now. Follow the changes from the start.</source>
        <translation>Hiện chưa tạo được tệp cho thiết bị mới. Hãy nhận các thay đổi từ đầu.</translation>
    </message>
    <message>
        <source>Central is stopping. Try again in a moment.</source>
        <translation>Trung tâm đang dừng. Hãy thử lại sau giây lát.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to. Check its rights and the space on the disk.</source>
        <translation>Không ghi được vào thư mục %1. Hãy kiểm tra quyền và dung lượng ổ đĩa.</translation>
    </message>
    <message>
        <source>This is the backup of a PostgreSQL database. Name an empty one with --database.</source>
        <translation>Đây là bản sao lưu của cơ sở dữ liệu PostgreSQL. Hãy chỉ định một cơ sở dữ liệu trống bằng --database.</translation>
    </message>
    <message>
        <source>This is the backup of a SQLite database. Restore it without --database.</source>
        <translation>Đây là bản sao lưu của cơ sở dữ liệu SQLite. Hãy khôi phục mà không dùng --database.</translation>
    </message>
    <message>
        <source>The database takes no changes.</source>
        <translation>Cơ sở dữ liệu hiện không nhận thay đổi.</translation>
    </message>
    <message>
        <source>The file %1 holds no certificate or key that can be used. Put the right file there, from a backup if need be.</source>
        <translation>Tệp %1 không chứa chứng thư hay khóa dùng được. Hãy đặt lại đúng tệp vào đó, lấy từ bản sao lưu nếu cần.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate cannot be renewed here: the key of its authority is not in %1. Renew it where that key is kept and put the new file there.</source>
        <translation>Không thể gia hạn chứng thư máy chủ tại đây: khóa của cơ quan cấp chứng thư không có trong %1. Hãy gia hạn tại nơi giữ khóa đó rồi đặt tệp mới vào.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate and its key in %1 do not belong together. Put the pair there that does.</source>
        <translation>Chứng thư máy chủ và khóa trong %1 không khớp nhau. Hãy đặt vào đó một cặp khớp nhau.</translation>
    </message>
    <message>
        <source>pg_dump, pg_restore and psql are needed for this and are not installed. Install postgresql-client of the server&apos;s version.</source>
        <translation>Việc này cần pg_dump, pg_restore và psql nhưng máy chưa cài. Hãy cài postgresql-client cùng phiên bản với máy chủ.</translation>
    </message>
    <message>
        <source>%1 failed. See the detail, mend it and try again with an empty folder and database.</source>
        <translation>%1 không thành công. Hãy xem chi tiết, khắc phục rồi thử lại với thư mục và cơ sở dữ liệu trống.</translation>
    </message>
    <message>
        <source>The database %1 is not empty and nothing in it is overwritten. Choose an empty database.</source>
        <translation>Cơ sở dữ liệu %1 không trống và sẽ không bị ghi đè. Hãy chọn một cơ sở dữ liệu trống.</translation>
    </message>
    <message>
        <source>Port %1 is taken by another program. Stop that program or choose another port with --metrics-port.</source>
        <translation>Cổng %1 đang bị chương trình khác sử dụng. Hãy dừng chương trình đó hoặc chọn cổng khác bằng --metrics-port.</translation>
    </message>
    <message>
        <source>The field “%1” holds personal data, which your role may not change.</source>
        <translation>Trường “%1” chứa dữ liệu cá nhân mà vai trò của bạn không được sửa.</translation>
    </message>
    <message>
        <source>The record does not belong to your unit&apos;s area of work. Check its unit, or ask the administrator.</source>
        <translation>Hồ sơ không thuộc phạm vi phụ trách của đơn vị bạn. Hãy kiểm tra lại đơn vị của hồ sơ hoặc liên hệ quản trị viên.</translation>
    </message>
    <message>
        <source>The same record is kept outside your unit&apos;s area of work. Ask the administrator.</source>
        <translation>Hồ sơ này đã có ở ngoài phạm vi phụ trách của đơn vị bạn. Hãy liên hệ quản trị viên.</translation>
    </message>
    <message>
        <source>“%1” is no anchor of an audit journal. Give a file that “audit anchor” wrote.</source>
        <translation>“%1” không phải mốc của nhật ký kiểm toán. Hãy dùng tệp do lệnh “audit anchor” ghi ra.</translation>
    </message>
    <message>
        <source>The audit journal ends at entry %1. Begin at an earlier one.</source>
        <translation>Nhật ký kiểm toán kết thúc ở mục %1. Hãy bắt đầu từ một mục trước đó.</translation>
    </message>
    <message>
        <source>Entry %1 was removed.</source>
        <translation>Mục %1 đã bị xóa.</translation>
    </message>
    <message>
        <source>The journal up to entry %1 is not the one that the anchor was taken of: it was written anew, or central was restored from a backup.</source>
        <translation>Nhật ký đến mục %1 không còn là nhật ký lúc lấy mốc: nó đã bị viết lại, hoặc máy chủ trung tâm đã được phục hồi từ bản sao lưu.</translation>
    </message>
    <message>
        <source>Entry %1 was inserted later.</source>
        <translation>Mục %1 đã bị chèn thêm về sau.</translation>
    </message>
    <message>
        <source>Entries %1 to %2 were removed.</source>
        <translation>Các mục từ %1 đến %2 đã bị xóa.</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) before entry %1 were removed and those after it given new numbers.</source>
        <translation>
            <numerusform>%n mục trước mục %1 đã bị xóa và các mục sau đó bị đánh số lại.</numerusform>
        </translation>
    </message>
    <message>
        <source>Entry %1 was changed.</source>
        <translation>Mục %1 đã bị sửa.</translation>
    </message>
    <message>
        <source>What stands as entry %1 is entry %2: entries were put in another order.</source>
        <translation>Mục đang đứng ở vị trí %1 thực ra là mục %2: thứ tự các mục đã bị đảo.</translation>
    </message>
    <message>
        <source>The change %1 of entry %2 is not kept any more.</source>
        <translation>Thay đổi %1 của mục %2 không còn được lưu.</translation>
    </message>
    <message>
        <source>The change %1 is kept otherwise than it was entered in entry %2.</source>
        <translation>Thay đổi %1 đang được lưu khác với nội dung đã ghi ở mục %2.</translation>
    </message>
    <message>
        <source>The journal ends at entry %1, but there was an entry %2: the end was cut off, or central was restored from a backup.</source>
        <translation>Nhật ký kết thúc ở mục %1 nhưng trước đây đã có mục %2: phần cuối đã bị cắt, hoặc máy chủ trung tâm đã được phục hồi từ bản sao lưu.</translation>
    </message>
    <message>
        <source>The journal is empty: all of it was removed.</source>
        <translation>Nhật ký trống: toàn bộ đã bị xóa.</translation>
    </message>
    <message>
        <source>The journal does not begin with its beginning: it was written anew.</source>
        <translation>Nhật ký không bắt đầu bằng mục mở đầu: nó đã bị viết lại.</translation>
    </message>
    <message>
        <source>Of the changes from before there was a journal, %1 are kept; there were %2.</source>
        <translation>Trong các thay đổi có từ trước khi lập nhật ký, hiện còn %1; lúc đó có %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) have no entry in the journal, the first of them %1.</source>
        <translation>
            <numerusform>%n thay đổi không có mục nào trong nhật ký, đầu tiên là %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no such account any more.</source>
        <translation>Tài khoản này không còn nữa.</translation>
    </message>
    <message>
        <source>Only administrators may do that.</source>
        <translation>Chỉ quản trị viên mới được làm việc này.</translation>
    </message>
    <message>
        <source>This is the device you are working on. Revoke it from another one.</source>
        <translation>Đây là máy bạn đang dùng. Hãy thu hồi nó từ một máy khác.</translation>
    </message>
    <message>
        <source>This is your own account. Another administrator can disable it.</source>
        <translation>Đây là tài khoản của chính bạn. Quản trị viên khác có thể khóa nó.</translation>
    </message>
    <message>
        <source>There is no such device.</source>
        <translation>Không có máy này.</translation>
    </message>
    <message>
        <source>There is no setting “%1”.</source>
        <translation>Không có thiết lập “%1”.</translation>
    </message>
    <message>
        <source>The setting %1 takes a number from %2 to %3.</source>
        <translation>Thiết lập %1 nhận số từ %2 đến %3.</translation>
    </message>
    <message>
        <source>Central does not have this file yet. It comes as soon as the device that added it has sent it.</source>
        <translation>Trung tâm chưa có tệp này. Tệp sẽ đến khi thiết bị đã thêm tệp gửi xong.</translation>
    </message>
    <message>
        <source>Your role may not add files here. Ask the administrator.</source>
        <translation>Vai trò của bạn không được thêm tệp ở đây. Hãy hỏi quản trị viên.</translation>
    </message>
    <message>
        <source>Central wants another part of this file. It is sent again from there.</source>
        <translation>Trung tâm cần một phần khác của tệp này. Tệp được gửi lại từ phần đó.</translation>
    </message>
    <message>
        <source>A part of the file has another size than it should. Update the older of the two programs.</source>
        <translation>Một phần của tệp có dung lượng không đúng. Hãy cập nhật chương trình cũ hơn trong hai chương trình.</translation>
    </message>
    <message>
        <source>Central is busy. Try again later.</source>
        <translation>Trung tâm đang bận. Hãy thử lại sau.</translation>
    </message>
    <message>
        <source>Central&apos;s space for files is used up. The file stays on this device and is sent later; tell the administrator.</source>
        <translation>Trung tâm đã hết chỗ cho tệp. Tệp vẫn ở trên thiết bị này và sẽ được gửi sau; hãy báo quản trị viên.</translation>
    </message>
    <message>
        <source>The file did not arrive as it was sent. It is sent again.</source>
        <translation>Tệp đến nơi không giống như khi gửi. Tệp được gửi lại.</translation>
    </message>
    <message>
        <source>The file is not of the kind that its name says (%1), and is not kept.</source>
        <translation>Tệp không đúng loại như tên đã ghi (%1) nên không được lưu.</translation>
    </message>
    <message>
        <source>A device&apos;s name has 1 to %1 characters.</source>
        <translation>Tên thiết bị có từ 1 đến %1 ký tự.</translation>
    </message>
    <message>
        <source>No certificate can be made here: the key of the authority is not in %1. Make it where that key is kept.</source>
        <translation>Không tạo được chứng chỉ ở đây: khóa của cơ quan chứng thực không có trong %1. Hãy tạo ở nơi giữ khóa đó.</translation>
    </message>
    <message>
        <source>Central serves only devices with a certificate of its own. Ask the administrator for device.pem and device.key and put them beside ca.pem.</source>
        <translation>Trung tâm chỉ phục vụ thiết bị có chứng chỉ do trung tâm cấp. Hãy xin quản trị viên device.pem và device.key rồi đặt cạnh ca.pem.</translation>
    </message>
    <message>
        <source>The file %1 is not the one that this database&apos;s personal data are sealed with. Put back the right one from a backup, or from another central of this database.</source>
        <translation>Tệp %1 không phải là tệp khóa đã dùng để niêm phong dữ liệu cá nhân của cơ sở dữ liệu này. Hãy đặt lại tệp đúng từ bản sao lưu hoặc từ một máy chủ trung tâm khác dùng chung cơ sở dữ liệu này.</translation>
    </message>
    <message>
        <source>The file with the key of personal data is damaged. Put back the one from a backup.</source>
        <translation>Tệp khóa của dữ liệu cá nhân bị hỏng. Hãy đặt lại tệp từ bản sao lưu.</translation>
    </message>
    <message>
        <source>The folder %1 holds a key of personal data already, and it is not overwritten.</source>
        <translation>Thư mục %1 đã có khóa của dữ liệu cá nhân, và khóa này không bị ghi đè.</translation>
    </message>
    <message>
        <source>The file %1 is missing: without it the personal data in the database cannot be read. Put it back from a backup, or from another central of this database.</source>
        <translation>Thiếu tệp %1: không có tệp này thì không đọc được dữ liệu cá nhân trong cơ sở dữ liệu. Hãy đặt lại tệp từ bản sao lưu hoặc từ một máy chủ trung tâm khác dùng chung cơ sở dữ liệu này.</translation>
    </message>
    <message>
        <source>Central went back to an earlier state. What this device sent since is sent again.</source>
        <translation>Trung tâm đã trở về trạng thái trước đó. Những gì thiết bị này đã gửi từ lúc đó sẽ được gửi lại.</translation>
    </message>
    <message>
        <source>Another backup is being made in %1. Wait until it is done.</source>
        <translation>Một bản sao lưu khác đang được tạo trong %1. Hãy đợi đến khi hoàn tất.</translation>
    </message>
</context>
<context>
    <name>CentralProgram</name>
    <message>
        <source>Name to sign in with.</source>
        <translation>Tên để đăng nhập.</translation>
    </message>
    <message>
        <source>Read the password from the first line of the standard input.</source>
        <translation>Đọc mật khẩu từ dòng đầu của đầu vào chuẩn.</translation>
    </message>
    <message>
        <source>Read the password from the first line of a file.</source>
        <translation>Đọc mật khẩu từ dòng đầu của tệp.</translation>
    </message>
    <message>
        <source>Give the password with --password-stdin or --password-file.</source>
        <translation>Hãy đưa mật khẩu bằng --password-stdin hoặc --password-file.</translation>
    </message>
    <message>
        <source>The password file cannot be read.</source>
        <translation>Không đọc được tệp mật khẩu.</translation>
    </message>
    <message>
        <source>The person&apos;s name.</source>
        <translation>Họ tên người dùng.</translation>
    </message>
    <message>
        <source>viewer, operator, clerk, editor, leader or administrator.</source>
        <translation>viewer, operator, clerk, editor, leader hoặc administrator.</translation>
    </message>
    <message>
        <source>Account %1 was made: %2</source>
        <translation>Đã tạo tài khoản %1: %2</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>đã khóa</translation>
    </message>
    <message>
        <source>active</source>
        <translation>đang dùng</translation>
    </message>
    <message>
        <source>Account %1 is disabled.</source>
        <translation>Tài khoản %1 đã bị khóa.</translation>
    </message>
    <message>
        <source>Account %1 has a new password.</source>
        <translation>Tài khoản %1 có mật khẩu mới.</translation>
    </message>
    <message>
        <source>Say what to do with accounts: %1.</source>
        <translation>Hãy cho biết việc cần làm với tài khoản: %1.</translation>
    </message>
    <message>
        <source>Add, list or disable accounts, set passwords.</source>
        <translation>Thêm, liệt kê, khóa tài khoản, đặt mật khẩu.</translation>
    </message>
    <message>
        <source>“%1” is not understood. See --help.</source>
        <translation>Không hiểu “%1”. Xem --help.</translation>
    </message>
    <message>
        <source>Folder of the central&apos;s data.</source>
        <translation>Thư mục dữ liệu của trung tâm.</translation>
    </message>
    <message>
        <source>Name the data folder with --data.</source>
        <translation>Hãy chỉ thư mục dữ liệu bằng --data.</translation>
    </message>
    <message>
        <source>A name or address by which devices reach this central; may be given several times.</source>
        <translation>Tên hoặc địa chỉ để thiết bị kết nối đến trung tâm này; có thể ghi nhiều lần.</translation>
    </message>
    <message>
        <source>The folder %1 is not empty and nothing in it is overwritten. Choose an empty folder.</source>
        <translation>Thư mục %1 không trống và không bị ghi đè. Hãy chọn thư mục trống.</translation>
    </message>
    <message>
        <source>Make a new central in an empty folder.</source>
        <translation>Tạo trung tâm mới trong thư mục trống.</translation>
    </message>
    <message>
        <source>Each command explains itself with --help.</source>
        <translation>Mỗi lệnh có phần giải thích bằng --help.</translation>
    </message>
    <message>
        <source>The port is a number from 0 to 65535; 0 takes a free one.</source>
        <translation>Cổng là số từ 0 đến 65535; 0 để tự chọn cổng trống.</translation>
    </message>
    <message>
        <source>The address is an IP address, for example 127.0.0.1 or ::.</source>
        <translation>Địa chỉ là địa chỉ IP, ví dụ 127.0.0.1 hoặc ::.</translation>
    </message>
    <message>
        <source>The file %1 cannot be written. Check the rights of its folder and the space on the disk.</source>
        <translation>Không ghi được tệp %1. Hãy kiểm tra quyền của thư mục và dung lượng đĩa.</translation>
    </message>
    <message>
        <source>IP address to listen on.</source>
        <translation>Địa chỉ IP để lắng nghe.</translation>
    </message>
    <message>
        <source>Port to listen on; 0 takes a free one.</source>
        <translation>Cổng để lắng nghe; 0 để tự chọn cổng trống.</translation>
    </message>
    <message>
        <source>File to write the port to when ready.</source>
        <translation>Tệp ghi số cổng khi sẵn sàng.</translation>
    </message>
    <message>
        <source>Serve devices until stopped.</source>
        <translation>Phục vụ thiết bị cho đến khi dừng.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to.</source>
        <translation>Không ghi được vào thư mục %1.</translation>
    </message>
    <message>
        <source>--%1 takes a number from 0 to %2.</source>
        <translation>--%1 nhận một số từ 0 đến %2.</translation>
    </message>
    <message>
        <source>--now takes a time like 2026-11-21T09:00:00+07:00.</source>
        <translation>--now nhận thời điểm dạng 2026-11-21T09:00:00+07:00.</translation>
    </message>
    <message>
        <source>%1: %2 rows, %3 imported, %4 wrong</source>
        <translation>%1: %2 dòng, đã nhập %3, sai %4</translation>
    </message>
    <message>
        <source>(imported without this value)</source>
        <translation>(đã nhập, bỏ trống giá trị này)</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s), %1: %2</source>
        <translation>
            <numerusform>%n dòng, %1: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation>Không đọc được tệp %1.</translation>
    </message>
    <message>
        <source>The demonstration is there already; nothing was changed.</source>
        <translation>Dữ liệu trình diễn đã có sẵn; không thay đổi gì.</translation>
    </message>
    <message>
        <source>Cameras: %1; events and figures: %2</source>
        <translation>Camera: %1; sự kiện và số liệu: %2</translation>
    </message>
    <message>
        <source>Complaints: %1</source>
        <translation>Phản ánh: %1</translation>
    </message>
    <message>
        <source>Folder with larger real data, used where present.</source>
        <translation>Thư mục dữ liệu thật lớn hơn, dùng khi có.</translation>
    </message>
    <message>
        <source>Where the camera streams are; cam1, cam2 … is added.</source>
        <translation>Địa chỉ các luồng camera; cam1, cam2 … được thêm vào.</translation>
    </message>
    <message>
        <source>Number of cameras, at most 16.</source>
        <translation>Số camera, tối đa 16.</translation>
    </message>
    <message>
        <source>Number of complaints; 1200 if not given.</source>
        <translation>Số phản ánh; mặc định 1200.</translation>
    </message>
    <message>
        <source>The time that counts as now, for complaints and events.</source>
        <translation>Thời điểm được coi là hiện tại cho phản ánh và sự kiện.</translation>
    </message>
    <message>
        <source>Only add N fresh complaints, also while central is serving.</source>
        <translation>Chỉ thêm N phản ánh mới, kể cả khi trung tâm đang phục vụ.</translation>
    </message>
    <message>
        <source>Fill a central with demonstration data, once.</source>
        <translation>Nạp dữ liệu trình diễn vào trung tâm, một lần.</translation>
    </message>
    <message>
        <source>The mapping file %1 cannot be read.</source>
        <translation>Không đọc được tệp ánh xạ %1.</translation>
    </message>
    <message>
        <source>The mapping file %1 says nothing of “%2”.</source>
        <translation>Tệp ánh xạ %1 không nói gì về “%2”.</translation>
    </message>
    <message>
        <source>Rows: %1. Imported: %2 (new %3, changed %4, as before %5). Wrong: %6. Passed over: %7.</source>
        <translation>Số dòng: %1. Đã nhập: %2 (mới %3, thay đổi %4, như cũ %5). Sai: %6. Bỏ qua: %7.</translation>
    </message>
    <message>
        <source>Columns not used: %1</source>
        <translation>Cột không dùng: %1</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Dòng %1: %2</translation>
    </message>
    <message>
        <source>Line %1, %2: %3</source>
        <translation>Dòng %1, %2: %3</translation>
    </message>
    <message>
        <source>… and %1 more; --report FILE.csv writes all of them.</source>
        <translation>… và %1 lỗi khác; --report TỆP.csv ghi lại tất cả.</translation>
    </message>
    <message>
        <source>The report %1 cannot be written.</source>
        <translation>Không ghi được báo cáo %1.</translation>
    </message>
    <message>
        <source>Kind of record, for example lodging.</source>
        <translation>Loại hồ sơ, ví dụ lodging.</translation>
    </message>
    <message>
        <source>File that says how columns become fields.</source>
        <translation>Tệp quy định cột nào thành trường nào.</translation>
    </message>
    <message>
        <source>Where to write what was wrong, line by line.</source>
        <translation>Nơi ghi các lỗi theo từng dòng.</translation>
    </message>
    <message>
        <source>Name one CSV file to import.</source>
        <translation>Hãy nêu một tệp CSV cần nhập.</translation>
    </message>
    <message>
        <source>Say with --type what the rows are, or with --mapping how they are read.</source>
        <translation>Hãy dùng --type để nêu loại hồ sơ, hoặc --mapping để nêu cách đọc.</translation>
    </message>
    <message>
        <source>There is no kind of record named “%1”.</source>
        <translation>Không có loại hồ sơ nào tên “%1”.</translation>
    </message>
    <message>
        <source>Nothing could be imported.</source>
        <translation>Không nhập được dòng nào.</translation>
    </message>
    <message>
        <source>Import a CSV file.</source>
        <translation>Nhập tệp CSV.</translation>
    </message>
    <message>
        <source>PostgreSQL database to use instead of a file in the data folder, like postgresql://user@host:5432/database. The password comes from the file that PGPASSFILE names, or from PGPASSWORD.</source>
        <translation>Cơ sở dữ liệu PostgreSQL dùng thay cho tệp trong thư mục dữ liệu, ví dụ postgresql://user@host:5432/database. Mật khẩu lấy từ tệp mà PGPASSFILE chỉ ra, hoặc từ PGPASSWORD.</translation>
    </message>
    <message>
        <source>Name one folder for the backup.</source>
        <translation>Hãy nêu một thư mục cho bản sao lưu.</translation>
    </message>
    <message numerus="yes">
        <source>The backup is in %1: %n file(s), up to change %2. It holds keys and personal data: keep it where only you can read it.</source>
        <translation>
            <numerusform>Bản sao lưu nằm ở %1: %n tệp, đến thay đổi số %2. Bản này chứa khóa và dữ liệu cá nhân: hãy cất ở nơi chỉ bạn đọc được.</numerusform>
        </translation>
    </message>
    <message>
        <source>Only look whether the backup is whole.</source>
        <translation>Chỉ kiểm tra bản sao lưu có nguyên vẹn không.</translation>
    </message>
    <message>
        <source>The backup is whole: up to change %1, made %2.</source>
        <translation>Bản sao lưu nguyên vẹn: đến thay đổi số %1, tạo lúc %2.</translation>
    </message>
    <message>
        <source>The central in %1 is as it was on %2. Devices will notice and offer again what they have sent since.</source>
        <translation>Máy chủ trung tâm ở %1 đã trở lại như lúc %2. Các thiết bị sẽ nhận ra và gửi lại những gì đã gửi từ đó.</translation>
    </message>
    <message>
        <source>Copy the whole central while it serves.</source>
        <translation>Sao lưu toàn bộ trung tâm trong khi vẫn phục vụ.</translation>
    </message>
    <message>
        <source>Make a central of a backup, in an empty folder.</source>
        <translation>Khôi phục trung tâm từ bản sao lưu vào thư mục trống.</translation>
    </message>
    <message>
        <source>Address of a central that serves this deployment, like https://127.0.0.1:8443, to be asked too.</source>
        <translation>Địa chỉ của máy chủ trung tâm đang phục vụ hệ thống này, ví dụ https://127.0.0.1:8443, để kiểm tra luôn.</translation>
    </message>
    <message>
        <source>Answer in JSON.</source>
        <translation>Trả lời ở dạng JSON.</translation>
    </message>
    <message>
        <source>The address of central is like https://127.0.0.1:8443.</source>
        <translation>Địa chỉ của máy chủ trung tâm có dạng https://127.0.0.1:8443.</translation>
    </message>
    <message numerus="yes">
        <source>There are %n fault(s) to mend.</source>
        <translation>
            <numerusform>Có %n lỗi cần khắc phục.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at everything central needs and say what to do.</source>
        <translation>Kiểm tra mọi thứ máy chủ trung tâm cần và cho biết phải làm gì.</translation>
    </message>
    <message>
        <source>The time for stopping is a number of seconds from 0 to %1.</source>
        <translation>Thời gian chờ khi dừng là số giây từ 0 đến %1.</translation>
    </message>
    <message>
        <source>The log&apos;s format is “text” or “json”.</source>
        <translation>Định dạng nhật ký là “text” hoặc “json”.</translation>
    </message>
    <message>
        <source>IP address of a balancer that passes connections on with the PROXY protocol, version 2; may be given several times.</source>
        <translation>Địa chỉ IP của bộ cân bằng tải chuyển tiếp kết nối bằng giao thức PROXY phiên bản 2; có thể nêu nhiều lần.</translation>
    </message>
    <message>
        <source>Port of this machine alone (127.0.0.1) for figures at /v1/metrics; 0 takes a free one.</source>
        <translation>Cổng chỉ dùng trong máy này (127.0.0.1) để xem số liệu tại /v1/metrics; 0 là lấy một cổng còn trống.</translation>
    </message>
    <message>
        <source>How lines of the log look: text or json.</source>
        <translation>Dạng của các dòng nhật ký: text hoặc json.</translation>
    </message>
    <message>
        <source>Seconds that requests under way have when central is told to stop.</source>
        <translation>Số giây dành cho các yêu cầu đang xử lý khi máy chủ trung tâm được lệnh dừng.</translation>
    </message>
    <message>
        <source>%1 of %2 entries (%3 %)</source>
        <translation>%1 trên %2 mục (%3 %)</translation>
    </message>
    <message>
        <source>First entry to check; the one before it is believed.</source>
        <translation>Mục đầu tiên cần kiểm tra; mục ngay trước đó được coi là đúng.</translation>
    </message>
    <message>
        <source>File with anchors that were written earlier.</source>
        <translation>Tệp chứa các mốc đã ghi trước đây.</translation>
    </message>
    <message>
        <source>--from takes the number of an entry, from 1 on.</source>
        <translation>--from nhận số thứ tự của một mục, từ 1 trở lên.</translation>
    </message>
    <message>
        <source>The audit journal is broken. %1 Keep the database as it is and compare it with a backup.</source>
        <translation>Nhật ký kiểm toán không còn nguyên vẹn. %1 Hãy giữ nguyên cơ sở dữ liệu và đối chiếu với một bản sao lưu.</translation>
    </message>
    <message>
        <source>The audit journal is whole: %1 entries checked, %2 changes compared with theirs.</source>
        <translation>Nhật ký kiểm toán nguyên vẹn: đã kiểm tra %1 mục, đối chiếu %2 thay đổi với mục của chúng.</translation>
    </message>
    <message>
        <source>Anchor: %1</source>
        <translation>Mốc: %1</translation>
    </message>
    <message>
        <source>“%1” is no time. Write 2026-12-31 or 2026-12-31T23:59.</source>
        <translation>“%1” không phải thời gian. Hãy viết 2026-12-31 hoặc 2026-12-31T23:59.</translation>
    </message>
    <message>
        <source>There is no account “%1”.</source>
        <translation>Không có tài khoản “%1”.</translation>
    </message>
    <message>
        <source>“%1” is no record&apos;s identifier.</source>
        <translation>“%1” không phải mã định danh của hồ sơ.</translation>
    </message>
    <message>
        <source>--format takes csv or jsonl.</source>
        <translation>--format nhận csv hoặc jsonl.</translation>
    </message>
    <message>
        <source>The entries cannot be written. Check the space on the disk.</source>
        <translation>Không ghi được các mục. Hãy kiểm tra dung lượng trống của ổ đĩa.</translation>
    </message>
    <message>
        <source>First day or moment, in Viet Nam&apos;s time.</source>
        <translation>Ngày hoặc thời điểm đầu, theo giờ Việt Nam.</translation>
    </message>
    <message>
        <source>Last day or moment, in Viet Nam&apos;s time.</source>
        <translation>Ngày hoặc thời điểm cuối, theo giờ Việt Nam.</translation>
    </message>
    <message>
        <source>Login or identifier of an account.</source>
        <translation>Tên đăng nhập hoặc mã định danh của tài khoản.</translation>
    </message>
    <message>
        <source>Identifier of a record.</source>
        <translation>Mã định danh của hồ sơ.</translation>
    </message>
    <message>
        <source>csv or jsonl.</source>
        <translation>csv hoặc jsonl.</translation>
    </message>
    <message>
        <source>Name one file to write to.</source>
        <translation>Hãy nêu một tệp để ghi ra.</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) of the audit journal are in %1.</source>
        <translation>
            <numerusform>Đã ghi %n mục của nhật ký kiểm toán vào %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Say what to do with the audit journal: %1.</source>
        <translation>Hãy nêu việc cần làm với nhật ký kiểm toán: %1.</translation>
    </message>
    <message>
        <source>Check the audit journal, take an anchor of it, write it to a file.</source>
        <translation>Kiểm tra nhật ký kiểm toán, lấy mốc, xuất ra tệp.</translation>
    </message>
    <message>
        <source>may be used</source>
        <translation>dùng được</translation>
    </message>
    <message>
        <source>revoked %1</source>
        <translation>thu hồi lúc %1</translation>
    </message>
    <message>
        <source>The device, as “device list” shows it.</source>
        <translation>Máy, như “device list” cho thấy.</translation>
    </message>
    <message>
        <source>Give the device with --id, as “device list” shows it.</source>
        <translation>Hãy cho biết máy bằng --id, như “device list” cho thấy.</translation>
    </message>
    <message>
        <source>Device %1 is revoked.</source>
        <translation>Máy %1 đã bị thu hồi.</translation>
    </message>
    <message>
        <source>Device %1 may be used again.</source>
        <translation>Máy %1 lại dùng được.</translation>
    </message>
    <message>
        <source>Say what to do with devices: %1.</source>
        <translation>Hãy cho biết làm gì với các máy: %1.</translation>
    </message>
    <message>
        <source>Which one.</source>
        <translation>Thiết lập nào.</translation>
    </message>
    <message>
        <source>What it is from now on.</source>
        <translation>Giá trị kể từ bây giờ.</translation>
    </message>
    <message>
        <source>Give a number with --value.</source>
        <translation>Hãy cho một số bằng --value.</translation>
    </message>
    <message>
        <source>Say what to do with settings: %1.</source>
        <translation>Hãy cho biết làm gì với các thiết lập: %1.</translation>
    </message>
    <message>
        <source>List or set what holds for all centrals and devices.</source>
        <translation>Xem hoặc đặt những điều chung cho mọi máy chủ trung tâm và mọi máy.</translation>
    </message>
    <message>
        <source>The space for files is a number of GiB; 0 is as the disk has.</source>
        <translation>Chỗ dành cho tệp là một số GiB; 0 là theo dung lượng đĩa.</translation>
    </message>
    <message>
        <source>Files that nobody names are kept for a number of days from 1 to %1.</source>
        <translation>Tệp không còn hồ sơ nào nhắc đến được giữ từ 1 đến %1 ngày.</translation>
    </message>
    <message>
        <source>GiB that attached files may take in all; 0 is as the disk has.</source>
        <translation>Tổng số GiB mà tệp đính kèm được chiếm; 0 là theo dung lượng đĩa.</translation>
    </message>
    <message>
        <source>Days until a file that was never sent whole, or that no record names any more, is let go.</source>
        <translation>Số ngày trước khi xóa tệp chưa bao giờ được gửi trọn hoặc không còn hồ sơ nào nhắc đến.</translation>
    </message>
    <message>
        <source>What the device is called.</source>
        <translation>Tên của thiết bị.</translation>
    </message>
    <message>
        <source>Folder to put ca.pem, device.pem and device.key into.</source>
        <translation>Thư mục để đặt ca.pem, device.pem và device.key.</translation>
    </message>
    <message>
        <source>Name one folder for the device&apos;s files.</source>
        <translation>Hãy nêu một thư mục cho các tệp của thiết bị.</translation>
    </message>
    <message>
        <source>The device&apos;s files are in %1. Bring them to the device on a way that nobody else sees, and delete them here.</source>
        <translation>Các tệp của thiết bị ở trong %1. Hãy chuyển sang thiết bị theo cách không ai khác thấy, rồi xóa ở đây.</translation>
    </message>
    <message>
        <source>List, revoke or restore devices, or make a certificate for one.</source>
        <translation>Liệt kê, thu hồi hoặc khôi phục thiết bị, hoặc tạo chứng chỉ cho thiết bị.</translation>
    </message>
    <message>
        <source>Serve only devices that have a certificate of this central&apos;s authority (“device certificate”).</source>
        <translation>Chỉ phục vụ thiết bị có chứng chỉ do trung tâm này cấp (“device certificate”).</translation>
    </message>
    <message>
        <source>The account has none: its person comes in by the city&apos;s single sign-on alone.</source>
        <translation>Tài khoản không có mật khẩu: người dùng chỉ vào bằng đăng nhập một lần của thành phố.</translation>
    </message>
    <message>
        <source>No personal field holds this. Give a whole phone number, e-mail address or name as it was written down.</source>
        <translation>Không có trường dữ liệu cá nhân nào chứa nội dung này. Hãy ghi đầy đủ số điện thoại, địa chỉ thư điện tử hoặc họ tên như đã được ghi nhận.</translation>
    </message>
    <message>
        <source>The file %1 is there already and is not overwritten.</source>
        <translation>Đã có tệp %1 và tệp này không bị ghi đè.</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) are in %1, with what belongs to them. The file holds personal data: give it to nobody but the person.</source>
        <translation>
            <numerusform>%n bản ghi cùng những gì thuộc về chúng đã được ghi vào %1. Tệp chứa dữ liệu cá nhân: chỉ giao cho chính người đó.</numerusform>
        </translation>
    </message>
    <message>
        <source>How many records “person find” showed: a guard against erasing others.</source>
        <translation>Số bản ghi mà “person find” đã liệt kê, để không xóa nhầm của người khác.</translation>
    </message>
    <message>
        <source>Nothing was erased. If all of these are the person&apos;s, say so: --records %1</source>
        <translation>Chưa xóa gì. Nếu tất cả các bản ghi này là của người đó, hãy ghi: --records %1</translation>
    </message>
    <message numerus="yes">
        <source>The personal data of %n record(s) are erased and cannot be had back from this database. Devices erase them when they next get in touch. Backups made before still hold them: delete those, or erase again after one is restored.</source>
        <translation>
            <numerusform>Đã xóa dữ liệu cá nhân của %n bản ghi, không thể lấy lại từ cơ sở dữ liệu này. Các thiết bị sẽ xóa khi liên lạc lần tới. Các bản sao lưu trước đó vẫn còn giữ: hãy xóa các bản đó, hoặc xóa lại sau khi khôi phục từ một bản như vậy.</numerusform>
        </translation>
    </message>
    <message>
        <source>Say what to do about a person: %1.</source>
        <translation>Hãy cho biết cần làm gì về một người: %1.</translation>
    </message>
    <message>
        <source>Find, export or erase what is held about somebody.</source>
        <translation>Tìm, xuất hoặc xóa dữ liệu đang giữ về một người.</translation>
    </message>
    <message>
        <source>A whole phone number, e-mail address or name; “-” reads it from standard input, so that no list of processes shows it.</source>
        <translation>Số điện thoại, địa chỉ thư điện tử hoặc họ tên đầy đủ; “-” đọc từ đầu vào chuẩn, để không danh sách tiến trình nào thấy được.</translation>
    </message>
    <message>
        <source>The file to make, in JSON.</source>
        <translation>Tệp JSON sẽ tạo.</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>Cách dùng: %1</translation>
    </message>
    <message>
        <source>Password (not shown): </source>
        <translation>Mật khẩu (không hiện): </translation>
    </message>
    <message>
        <source>A new central is in %1, its database is %2. Devices need its certificate authority: %3</source>
        <translation>Trung tâm mới ở %1, cơ sở dữ liệu là %2. Thiết bị cần chứng thư gốc: %3</translation>
    </message>
    <message>
        <source>formerly: %1</source>
        <translation>trước đây: %1</translation>
    </message>
    <message>
        <source>%1 former values and operations looked through</source>
        <translation>đã xem qua %1 giá trị cũ và thao tác</translation>
    </message>
    <message>
        <source>Make it in a folder of its own within FOLDER, named by date and time, and remove all but the newest N there.</source>
        <translation>Tạo bản sao lưu trong một thư mục riêng bên trong FOLDER, đặt tên theo ngày giờ, và chỉ giữ lại N bản mới nhất ở đó.</translation>
    </message>
    <message>
        <source>Give --keep a number from 1 to %1: how many backups are to stay.</source>
        <translation>Hãy cho --keep một số từ 1 đến %1: số bản sao lưu được giữ lại.</translation>
    </message>
    <message numerus="yes">
        <source>%n older backup(s) removed.</source>
        <translation>
            <numerusform>Đã xóa %n bản sao lưu cũ hơn.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Database</name>
    <message>
        <source>A field was declared anew as another kind, but the database holds values of the old one. Give the new field a name of its own.</source>
        <translation>Một trường được khai báo lại với kiểu khác, trong khi cơ sở dữ liệu đang giữ giá trị kiểu cũ. Hãy đặt tên khác cho trường mới.</translation>
    </message>
    <message>
        <source>The database reports a fault. Please report it to the administrator.</source>
        <translation>Cơ sở dữ liệu báo lỗi. Vui lòng báo cho quản trị viên.</translation>
    </message>
    <message>
        <source>The database was written by a newer version of the program. Update the program.</source>
        <translation>Cơ sở dữ liệu do phiên bản mới hơn của chương trình ghi. Hãy cập nhật chương trình.</translation>
    </message>
    <message>
        <source>The disk is full: the change was not saved. Free some space and try again.</source>
        <translation>Đĩa đã đầy: thay đổi chưa được lưu. Hãy giải phóng dung lượng rồi thử lại.</translation>
    </message>
    <message>
        <source>The database cannot be written to. Check the rights of its folder and start again.</source>
        <translation>Không ghi được vào cơ sở dữ liệu. Hãy kiểm tra quyền của thư mục rồi khởi động lại.</translation>
    </message>
    <message>
        <source>The database file cannot be opened. Check that its folder exists and may be written to.</source>
        <translation>Không mở được tệp cơ sở dữ liệu. Hãy kiểm tra thư mục có tồn tại và cho phép ghi.</translation>
    </message>
    <message>
        <source>The database file is damaged.</source>
        <translation>Tệp cơ sở dữ liệu bị hỏng.</translation>
    </message>
    <message>
        <source>The database is in use by another program. Close it and try again.</source>
        <translation>Cơ sở dữ liệu đang được chương trình khác sử dụng. Hãy đóng chương trình đó rồi thử lại.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Đã dừng.</translation>
    </message>
    <message>
        <source>The disk does not take the change. Check that it has space and is healthy, then try again.</source>
        <translation>Đĩa không nhận thay đổi. Hãy kiểm tra dung lượng và tình trạng đĩa rồi thử lại.</translation>
    </message>
    <message>
        <source>This record is no longer there.</source>
        <translation>Hồ sơ này không còn nữa.</translation>
    </message>
    <message>
        <source>The database server does not answer just now. Try again in a moment.</source>
        <translation>Máy chủ cơ sở dữ liệu hiện không trả lời. Hãy thử lại sau giây lát.</translation>
    </message>
    <message>
        <source>The database has too much to do just now. Try again in a moment.</source>
        <translation>Cơ sở dữ liệu đang quá tải. Hãy thử lại sau giây lát.</translation>
    </message>
    <message>
        <source>The disk of the database server is full or faulty: the change was not saved. Free some space and try again.</source>
        <translation>Ổ đĩa của máy chủ cơ sở dữ liệu đã đầy hoặc hỏng: thay đổi chưa được lưu. Hãy giải phóng dung lượng rồi thử lại.</translation>
    </message>
    <message>
        <source>The database cannot be written to. Check the rights of the account that central uses there.</source>
        <translation>Không ghi được vào cơ sở dữ liệu. Hãy kiểm tra quyền của tài khoản mà máy chủ trung tâm dùng ở đó.</translation>
    </message>
    <message>
        <source>The database is damaged. Restore it from a backup.</source>
        <translation>Cơ sở dữ liệu bị hỏng. Hãy khôi phục từ bản sao lưu.</translation>
    </message>
    <message>
        <source>The database server %1 cannot be reached. Check that it runs, its address, and the account and password for it.</source>
        <translation>Không kết nối được máy chủ cơ sở dữ liệu %1. Hãy kiểm tra máy chủ có đang chạy, địa chỉ, tài khoản và mật khẩu.</translation>
    </message>
    <message>
        <source>The database must be encoded in UTF-8 and its server PostgreSQL 15 or newer. Make one with “createdb --encoding=UTF8 --template=template0 NAME”.</source>
        <translation>Cơ sở dữ liệu phải dùng mã UTF-8 và máy chủ phải là PostgreSQL 15 trở lên. Hãy tạo bằng “createdb --encoding=UTF8 --template=template0 TÊN”.</translation>
    </message>
    <message>
        <source>The address of the database is not understood. Write it like postgresql://user@host:5432/database.</source>
        <translation>Không hiểu địa chỉ cơ sở dữ liệu. Hãy viết theo dạng postgresql://user@host:5432/database.</translation>
    </message>
    <message>
        <source>The address of the database has an option that is not understood: %1.</source>
        <translation>Địa chỉ cơ sở dữ liệu có tùy chọn không hiểu được: %1.</translation>
    </message>
</context>
<context>
    <name>Demo</name>
    <message>
        <source>The list of service requests tells no rhythm.</source>
        <translation>Danh sách yêu cầu không cho biết nhịp thời gian.</translation>
    </message>
    <message>
        <source>Provinces</source>
        <translation>Tỉnh, thành phố</translation>
    </message>
    <message>
        <source>Communes</source>
        <translation>Xã, phường, đặc khu</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Đơn vị</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>Sở, ngành</translation>
    </message>
    <message>
        <source>Places of OpenStreetMap</source>
        <translation>Địa điểm OpenStreetMap</translation>
    </message>
    <message>
        <source>Well-known places</source>
        <translation>Địa điểm nổi tiếng</translation>
    </message>
    <message>
        <source>Travel firms</source>
        <translation>Doanh nghiệp lữ hành</translation>
    </message>
    <message>
        <source>Guides</source>
        <translation>Hướng dẫn viên</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Sản phẩm du lịch</translation>
    </message>
    <message>
        <source>Arrivals by market</source>
        <translation>Khách quốc tế theo thị trường</translation>
    </message>
    <message>
        <source>Arrivals in all</source>
        <translation>Tổng khách quốc tế</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>Tourism IOC: the desktop of a tourism operations center.</source>
        <translation>Tourism IOC: chương trình trạm của trung tâm điều hành du lịch.</translation>
    </message>
    <message>
        <source>Folder of the local data.</source>
        <translation>Thư mục dữ liệu trên máy.</translation>
    </message>
    <message>
        <source>Address of central, https://host:port.</source>
        <translation>Địa chỉ trung tâm, https://máy:cổng.</translation>
    </message>
    <message>
        <source>Certificate of your center&apos;s authority (ca.pem).</source>
        <translation>Chứng thư gốc của trung tâm (ca.pem).</translation>
    </message>
    <message>
        <source>Account to sign in with.</source>
        <translation>Tài khoản để đăng nhập.</translation>
    </message>
    <message>
        <source>File whose first line is the password.</source>
        <translation>Tệp có dòng đầu là mật khẩu.</translation>
    </message>
    <message>
        <source>Street map pack; may be given several times.</source>
        <translation>Gói bản đồ đường phố; có thể ghi nhiều lần.</translation>
    </message>
    <message>
        <source>Save a picture of the complete screen, its contents beside it as JSON, and quit.</source>
        <translation>Lưu ảnh toàn màn hình, kèm nội dung dạng JSON, rồi thoát.</translation>
    </message>
    <message>
        <source>light or dark.</source>
        <translation>light (sáng) hoặc dark (tối).</translation>
    </message>
    <message>
        <source>vi or en.</source>
        <translation>vi hoặc en.</translation>
    </message>
    <message>
        <source>Size of the window, such as 1920x1080.</source>
        <translation>Kích thước cửa sổ, ví dụ 1920x1080.</translation>
    </message>
    <message>
        <source>Load every workspace and quit.</source>
        <translation>Mở mọi không gian làm việc rồi thoát.</translation>
    </message>
    <message>
        <source>The address of central must look like https://host:port.</source>
        <translation>Địa chỉ trung tâm phải có dạng https://máy:cổng.</translation>
    </message>
    <message>
        <source>The theme is light or dark.</source>
        <translation>Giao diện là light (sáng) hoặc dark (tối).</translation>
    </message>
    <message>
        <source>The language is vi or en.</source>
        <translation>Ngôn ngữ là vi hoặc en.</translation>
    </message>
    <message>
        <source>The size must look like 1920x1080.</source>
        <translation>Kích thước phải có dạng 1920x1080.</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>There is no folder %1.</source>
        <translation>Không có thư mục %1.</translation>
    </message>
    <message>
        <source>Make a central with “init”, or name its folder with --data.</source>
        <translation>Hãy tạo máy chủ trung tâm bằng “init”, hoặc nêu thư mục của nó bằng --data.</translation>
    </message>
    <message>
        <source>The data folder belongs to %1, not to who runs this program.</source>
        <translation>Thư mục dữ liệu thuộc về %1, không phải người đang chạy chương trình này.</translation>
    </message>
    <message>
        <source>Run every command as that user: sudo -u %1 tourism-ioc-central …</source>
        <translation>Hãy chạy mọi lệnh với tài khoản đó: sudo -u %1 tourism-ioc-central …</translation>
    </message>
    <message>
        <source>The data folder cannot be written to.</source>
        <translation>Không ghi được vào thư mục dữ liệu.</translation>
    </message>
    <message>
        <source>Give its owner all rights: chmod 700 %1</source>
        <translation>Hãy cấp đủ quyền cho chủ thư mục: chmod 700 %1</translation>
    </message>
    <message>
        <source>The data folder is open to other users of this machine.</source>
        <translation>Người dùng khác trên máy này vào được thư mục dữ liệu.</translation>
    </message>
    <message>
        <source>Close it: chmod 700 %1</source>
        <translation>Hãy đóng lại: chmod 700 %1</translation>
    </message>
    <message>
        <source>The data folder is the owner&apos;s alone and can be written to.</source>
        <translation>Thư mục dữ liệu chỉ dành cho chủ của nó và ghi được.</translation>
    </message>
    <message>
        <source>Other users may read a private key: %1.</source>
        <translation>Người dùng khác đọc được khóa riêng: %1.</translation>
    </message>
    <message>
        <source>Close it: chmod 600 %1. If others may have read it, make new certificates.</source>
        <translation>Hãy đóng lại: chmod 600 %1. Nếu có thể đã có người đọc, hãy tạo chứng thư mới.</translation>
    </message>
    <message>
        <source>Private keys are the owner&apos;s alone.</source>
        <translation>Các khóa riêng chỉ dành cho chủ sở hữu.</translation>
    </message>
    <message>
        <source>Put the files of the deployment into %1, from a backup if need be.</source>
        <translation>Hãy đặt các tệp của hệ thống vào %1, lấy từ bản sao lưu nếu cần.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate and its key do not belong together.</source>
        <translation>Chứng thư máy chủ và khóa của nó không khớp nhau.</translation>
    </message>
    <message>
        <source>Put the pair that does into %1.</source>
        <translation>Hãy đặt cặp khớp nhau vào %1.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was not signed by the authority that devices trust.</source>
        <translation>Chứng thư máy chủ không do cơ quan mà các thiết bị tin cậy ký.</translation>
    </message>
    <message>
        <source>Sign it with the key of %1, or give devices the authority that did.</source>
        <translation>Hãy ký bằng khóa của %1, hoặc cấp cho các thiết bị cơ quan đã ký.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid yet.</source>
        <translation>Chứng thư máy chủ chưa có hiệu lực.</translation>
    </message>
    <message>
        <source>Set this machine&apos;s clock.</source>
        <translation>Hãy chỉnh lại đồng hồ của máy này.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate ended on %1.</source>
        <translation>Chứng thư máy chủ đã hết hạn ngày %1.</translation>
    </message>
    <message>
        <source>Start central where the authority&apos;s key is, or put a new certificate into %1 and send it SIGHUP.</source>
        <translation>Hãy khởi động máy chủ trung tâm ở nơi có khóa của cơ quan cấp, hoặc đặt chứng thư mới vào %1 rồi gửi SIGHUP.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate ends on %1, and the authority&apos;s key is not here to renew it.</source>
        <translation>Chứng thư máy chủ hết hạn ngày %1, và ở đây không có khóa của cơ quan cấp để gia hạn.</translation>
    </message>
    <message>
        <source>Have a new one signed, put it into %1 and send central SIGHUP.</source>
        <translation>Hãy xin ký chứng thư mới, đặt vào %1 rồi gửi SIGHUP cho máy chủ trung tâm.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is valid until %1 and renews itself.</source>
        <translation>Chứng thư máy chủ có hiệu lực đến %1 và tự gia hạn.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is valid until %1.</source>
        <translation>Chứng thư máy chủ có hiệu lực đến %1.</translation>
    </message>
    <message>
        <source>The disk is full but for %1.</source>
        <translation>Đĩa gần đầy, chỉ còn %1.</translation>
    </message>
    <message>
        <source>Free some space: central takes no changes without.</source>
        <translation>Hãy giải phóng dung lượng: hết chỗ thì máy chủ trung tâm không nhận thay đổi.</translation>
    </message>
    <message>
        <source>%1 are free on the disk; a backup and a snapshot may not fit.</source>
        <translation>Đĩa còn trống %1; có thể không đủ chỗ cho bản sao lưu và bản chụp dữ liệu.</translation>
    </message>
    <message>
        <source>Free some space, up to %1.</source>
        <translation>Hãy giải phóng dung lượng, đến khoảng %1.</translation>
    </message>
    <message>
        <source>%1 are free on the disk.</source>
        <translation>Đĩa còn trống %1.</translation>
    </message>
    <message>
        <source>This machine&apos;s clock is wrong: it says %1.</source>
        <translation>Đồng hồ của máy này sai: đang chỉ %1.</translation>
    </message>
    <message>
        <source>Set it: timedatectl set-ntp true</source>
        <translation>Hãy chỉnh lại: timedatectl set-ntp true</translation>
    </message>
    <message>
        <source>Nothing keeps this machine&apos;s clock right.</source>
        <translation>Đồng hồ của máy này không được đồng bộ.</translation>
    </message>
    <message>
        <source>The clock follows a time server.</source>
        <translation>Đồng hồ được đồng bộ với máy chủ thời gian.</translation>
    </message>
    <message>
        <source>Central does not answer at %1: %2</source>
        <translation>Máy chủ trung tâm không trả lời tại %1: %2</translation>
    </message>
    <message>
        <source>See whether it runs and what it says: systemctl status tourism-ioc-central</source>
        <translation>Hãy xem dịch vụ có chạy không và báo gì: systemctl status tourism-ioc-central</translation>
    </message>
    <message>
        <source>Central at %1 is not ready: %2</source>
        <translation>Máy chủ trung tâm tại %1 chưa sẵn sàng: %2</translation>
    </message>
    <message>
        <source>See its log: journalctl -u tourism-ioc-central</source>
        <translation>Hãy xem nhật ký: journalctl -u tourism-ioc-central</translation>
    </message>
    <message>
        <source>Central at %1 serves with another certificate than the one in the folder.</source>
        <translation>Máy chủ trung tâm tại %1 đang dùng chứng thư khác với chứng thư trong thư mục.</translation>
    </message>
    <message>
        <source>Let it take the new one: systemctl reload tourism-ioc-central</source>
        <translation>Hãy cho nạp chứng thư mới: systemctl reload tourism-ioc-central</translation>
    </message>
    <message>
        <source>Central answers at %1.</source>
        <translation>Máy chủ trung tâm trả lời tại %1.</translation>
    </message>
    <message>
        <source>See the log of the database server.</source>
        <translation>Hãy xem nhật ký của máy chủ cơ sở dữ liệu.</translation>
    </message>
    <message>
        <source>Restore the newest whole backup in an empty folder, with “restore”.</source>
        <translation>Hãy khôi phục bản sao lưu nguyên vẹn mới nhất vào một thư mục trống bằng “restore”.</translation>
    </message>
    <message>
        <source>The folder %1 holds no database.</source>
        <translation>Thư mục %1 không có cơ sở dữ liệu.</translation>
    </message>
    <message>
        <source>Make one with “init”, restore a backup, or name the PostgreSQL database with --database.</source>
        <translation>Hãy tạo mới bằng “init”, khôi phục bản sao lưu, hoặc nêu cơ sở dữ liệu PostgreSQL bằng --database.</translation>
    </message>
    <message>
        <source>Check that it runs, the address in --database, and the password in ~/.pgpass: psql %1</source>
        <translation>Hãy kiểm tra máy chủ có chạy không, địa chỉ trong --database và mật khẩu trong ~/.pgpass: psql %1</translation>
    </message>
    <message>
        <source>The database holds no central.</source>
        <translation>Cơ sở dữ liệu không chứa dữ liệu của máy chủ trung tâm.</translation>
    </message>
    <message>
        <source>Make one with “init”, or restore a backup into it.</source>
        <translation>Hãy tạo mới bằng “init”, hoặc khôi phục một bản sao lưu vào đó.</translation>
    </message>
    <message>
        <source>The database is a SQLite file (SQLite %1).</source>
        <translation>Cơ sở dữ liệu là một tệp SQLite (SQLite %1).</translation>
    </message>
    <message>
        <source>PostgreSQL %1 answers at %2; the database is in UTF-8.</source>
        <translation>PostgreSQL %1 trả lời tại %2; cơ sở dữ liệu dùng UTF-8.</translation>
    </message>
    <message>
        <source>The database server has room for %1 more connections; one central takes up to %2.</source>
        <translation>Máy chủ cơ sở dữ liệu chỉ còn chỗ cho %1 kết nối; mỗi máy chủ trung tâm dùng đến %2.</translation>
    </message>
    <message>
        <source>Raise max_connections in postgresql.conf.</source>
        <translation>Hãy tăng max_connections trong postgresql.conf.</translation>
    </message>
    <message>
        <source>Make central&apos;s account the owner of the database: ALTER DATABASE … OWNER TO …</source>
        <translation>Hãy cho tài khoản của máy chủ trung tâm làm chủ cơ sở dữ liệu: ALTER DATABASE … OWNER TO …</translation>
    </message>
    <message>
        <source>Central&apos;s account may make no tables, as new versions need.</source>
        <translation>Tài khoản của máy chủ trung tâm không được tạo bảng, trong khi phiên bản mới cần quyền này.</translation>
    </message>
    <message>
        <source>Central&apos;s account may not change these tables: %1.</source>
        <translation>Tài khoản của máy chủ trung tâm không được thay đổi các bảng: %1.</translation>
    </message>
    <message>
        <source>Central&apos;s account may do everything on the database server.</source>
        <translation>Tài khoản của máy chủ trung tâm có toàn quyền trên máy chủ cơ sở dữ liệu.</translation>
    </message>
    <message>
        <source>Give central an account of its own: createuser --pwprompt ioc</source>
        <translation>Hãy tạo tài khoản riêng cho máy chủ trung tâm: createuser --pwprompt ioc</translation>
    </message>
    <message>
        <source>Central&apos;s account may do what it needs.</source>
        <translation>Tài khoản của máy chủ trung tâm có đủ quyền cần thiết.</translation>
    </message>
    <message>
        <source>The database file is whole.</source>
        <translation>Tệp cơ sở dữ liệu nguyên vẹn.</translation>
    </message>
    <message>
        <source>The database file is damaged: %1</source>
        <translation>Tệp cơ sở dữ liệu bị hỏng: %1</translation>
    </message>
    <message>
        <source>Stop central, keep a copy of the folder, and restore the newest whole backup in an empty folder, with “restore”.</source>
        <translation>Hãy dừng máy chủ trung tâm, giữ lại một bản của thư mục, rồi khôi phục bản sao lưu nguyên vẹn mới nhất vào một thư mục trống bằng “restore”.</translation>
    </message>
    <message>
        <source>The database server may lose work that was acknowledged: %1 is off.</source>
        <translation>Máy chủ cơ sở dữ liệu có thể làm mất dữ liệu đã xác nhận: %1 đang tắt.</translation>
    </message>
    <message>
        <source>Turn it on in postgresql.conf and restart the server.</source>
        <translation>Hãy bật trong postgresql.conf rồi khởi động lại máy chủ.</translation>
    </message>
    <message>
        <source>These indexes cannot be used: %1.</source>
        <translation>Các chỉ mục này không dùng được: %1.</translation>
    </message>
    <message>
        <source>Make them anew: REINDEX INDEX …</source>
        <translation>Hãy tạo lại: REINDEX INDEX …</translation>
    </message>
    <message>
        <source>The system&apos;s order of letters changed since the database was made.</source>
        <translation>Thứ tự sắp xếp chữ của hệ thống đã thay đổi từ khi tạo cơ sở dữ liệu.</translation>
    </message>
    <message>
        <source>REINDEX DATABASE …; then ALTER DATABASE … REFRESH COLLATION VERSION</source>
        <translation>REINDEX DATABASE …; sau đó ALTER DATABASE … REFRESH COLLATION VERSION</translation>
    </message>
    <message>
        <source>The database server keeps what it acknowledges, and its indexes can be used.</source>
        <translation>Máy chủ cơ sở dữ liệu giữ được những gì đã xác nhận, và các chỉ mục dùng được.</translation>
    </message>
    <message>
        <source>The database was written by a newer version of this program.</source>
        <translation>Cơ sở dữ liệu do phiên bản mới hơn của chương trình này ghi.</translation>
    </message>
    <message>
        <source>Update the program.</source>
        <translation>Hãy cập nhật chương trình.</translation>
    </message>
    <message>
        <source>The database is of an older version (step %1 of %2).</source>
        <translation>Cơ sở dữ liệu thuộc phiên bản cũ hơn (bước %1 trên %2).</translation>
    </message>
    <message>
        <source>Make a backup; the next start of “serve” brings the database up to date.</source>
        <translation>Hãy sao lưu; lần khởi động “serve” tới sẽ cập nhật cơ sở dữ liệu.</translation>
    </message>
    <message>
        <source>The schema is up to date (step %1).</source>
        <translation>Cấu trúc cơ sở dữ liệu đã mới nhất (bước %1).</translation>
    </message>
    <message>
        <source>The database says not which history it is of.</source>
        <translation>Cơ sở dữ liệu không cho biết nó thuộc giai đoạn dữ liệu nào.</translation>
    </message>
    <message>
        <source>Restore the newest whole backup.</source>
        <translation>Hãy khôi phục bản sao lưu nguyên vẹn mới nhất.</translation>
    </message>
    <message>
        <source>The chain of changes is broken at number %1: somebody changed the database by hand.</source>
        <translation>Chuỗi thay đổi bị đứt tại số %1: có người đã sửa cơ sở dữ liệu bằng tay.</translation>
    </message>
    <message>
        <source>Keep a copy of the database, find out who did, and restore the newest whole backup.</source>
        <translation>Hãy giữ lại một bản của cơ sở dữ liệu, tìm hiểu ai đã làm, rồi khôi phục bản sao lưu nguyên vẹn mới nhất.</translation>
    </message>
    <message>
        <source>%1 changes in the feed; the chain of the first and the newest is whole.</source>
        <translation>Có %1 thay đổi trong luồng; chuỗi của những thay đổi đầu tiên và mới nhất nguyên vẹn.</translation>
    </message>
    <message>
        <source>No change waits for its number.</source>
        <translation>Không có thay đổi nào chờ đánh số.</translation>
    </message>
    <message>
        <source>%1 changes wait for a number; they get it when central serves.</source>
        <translation>Có %1 thay đổi chờ đánh số; chúng được đánh số khi máy chủ trung tâm hoạt động.</translation>
    </message>
    <message>
        <source>Start central: systemctl start tourism-ioc-central</source>
        <translation>Hãy khởi động máy chủ trung tâm: systemctl start tourism-ioc-central</translation>
    </message>
    <message>
        <source>%1 changes wait for a number although central serves: devices do not get them.</source>
        <translation>Có %1 thay đổi chờ đánh số dù máy chủ trung tâm đang hoạt động: các thiết bị không nhận được chúng.</translation>
    </message>
    <message>
        <source>Restart central and report its log to the administrator.</source>
        <translation>Hãy khởi động lại máy chủ trung tâm và gửi nhật ký cho quản trị viên.</translation>
    </message>
    <message>
        <source>Let both follow the same time server.</source>
        <translation>Hãy cho cả hai đồng bộ với cùng một máy chủ thời gian.</translation>
    </message>
    <message>
        <source>The clocks of this machine and of the database server are %1 s apart.</source>
        <translation>Đồng hồ của máy này và của máy chủ cơ sở dữ liệu lệch nhau %1 giây.</translation>
    </message>
    <message>
        <source>The clocks of this machine and of the database server agree.</source>
        <translation>Đồng hồ của máy này và của máy chủ cơ sở dữ liệu khớp nhau.</translation>
    </message>
    <message>
        <source>pg_dump is not installed: no backup can be made.</source>
        <translation>Chưa cài pg_dump: không thể sao lưu.</translation>
    </message>
    <message>
        <source>pg_dump %1 is older than the database server: no backup can be made.</source>
        <translation>pg_dump %1 cũ hơn máy chủ cơ sở dữ liệu: không thể sao lưu.</translation>
    </message>
    <message>
        <source>Install it: apt install postgresql-client-%1</source>
        <translation>Hãy cài đặt: apt install postgresql-client-%1</translation>
    </message>
    <message>
        <source>A backup can be made with pg_dump %1.</source>
        <translation>Sao lưu được bằng pg_dump %1.</translation>
    </message>
    <message>
        <source>The database is from before there was an audit journal.</source>
        <translation>Cơ sở dữ liệu có từ trước khi có nhật ký kiểm toán.</translation>
    </message>
    <message>
        <source>The next start of “serve” begins one.</source>
        <translation>Lần chạy “serve” tới sẽ bắt đầu nhật ký.</translation>
    </message>
    <message>
        <source>Keep a copy of the database, find out who changed it, and look at the whole journal with “audit verify”.</source>
        <translation>Hãy giữ lại một bản của cơ sở dữ liệu, tìm hiểu ai đã sửa, rồi kiểm tra toàn bộ nhật ký bằng “audit verify”.</translation>
    </message>
    <message>
        <source>%1 entries in the audit journal; the chain of the newest is whole.</source>
        <translation>%1 mục trong nhật ký kiểm toán; chuỗi các mục mới nhất nguyên vẹn.</translation>
    </message>
    <message>
        <source>The database is from before there were attached files.</source>
        <translation>Cơ sở dữ liệu có từ trước khi có tệp đính kèm.</translation>
    </message>
    <message>
        <source>The next start of “serve” makes room for them.</source>
        <translation>Lần chạy “serve” tiếp theo sẽ tạo chỗ cho tệp.</translation>
    </message>
    <message>
        <source>%1 attached files, %2 MiB; %3 are still being sent, %4 are with the devices that added them.</source>
        <translation>%1 tệp đính kèm, %2 MiB; %3 tệp còn đang được gửi, %4 tệp còn ở thiết bị đã thêm chúng.</translation>
    </message>
    <message>
        <source>Mend the file, or take it away: central does not start with it.</source>
        <translation>Hãy sửa tệp hoặc bỏ tệp đi: máy chủ trung tâm không khởi động được với tệp này.</translation>
    </message>
    <message>
        <source>Put the authority that signed it into a file and name that as “ca_file” in %1.</source>
        <translation>Hãy lưu chứng chỉ của cơ quan đã ký vào một tệp và ghi tên tệp đó ở “ca_file” trong %1.</translation>
    </message>
    <message>
        <source>The sign-in service %1 cannot be reached: %2</source>
        <translation>Không kết nối được dịch vụ đăng nhập %1: %2</translation>
    </message>
    <message>
        <source>Check the address in %1, the network and the firewall of this machine.</source>
        <translation>Hãy kiểm tra địa chỉ trong %1, mạng và tường lửa của máy này.</translation>
    </message>
    <message>
        <source>See what %1 publishes.</source>
        <translation>Hãy xem %1 công bố những gì.</translation>
    </message>
    <message numerus="yes">
        <source>The clocks of this machine and of %1 are %n second(s) apart: nobody could sign in there.</source>
        <translation>
            <numerusform>Đồng hồ của máy này và của %1 lệch nhau %n giây: không ai đăng nhập được qua đó.</numerusform>
        </translation>
    </message>
    <message>
        <source>Let both follow a time server.</source>
        <translation>Hãy để cả hai đồng bộ với máy chủ thời gian.</translation>
    </message>
    <message numerus="yes">
        <source>The sign-in service %1 answers, with %n key(s) of use.</source>
        <translation>
            <numerusform>Dịch vụ đăng nhập %1 trả lời, có %n khóa dùng được.</numerusform>
        </translation>
    </message>
    <message>
        <source>Put %1 back into %2, from a backup or from another central of this database.</source>
        <translation>Hãy đặt lại %1 vào %2, từ bản sao lưu hoặc từ một máy chủ trung tâm khác dùng chung cơ sở dữ liệu này.</translation>
    </message>
    <message>
        <source>The database is from before personal data were sealed.</source>
        <translation>Cơ sở dữ liệu có từ trước khi dữ liệu cá nhân được niêm phong.</translation>
    </message>
    <message>
        <source>The next start of “serve” seals them. Backups made before hold them open: keep those as safe as ever.</source>
        <translation>Lần chạy “serve” tới sẽ niêm phong. Các bản sao lưu trước đó chứa dữ liệu chưa niêm phong: hãy giữ cẩn thận như trước.</translation>
    </message>
    <message>
        <source>The file %1 is not the one that this database&apos;s personal data are sealed with.</source>
        <translation>Tệp %1 không phải là tệp khóa đã dùng để niêm phong dữ liệu cá nhân của cơ sở dữ liệu này.</translation>
    </message>
    <message>
        <source>Keep a copy of the database and restore the newest whole backup in an empty folder, with “restore”.</source>
        <translation>Hãy giữ một bản của cơ sở dữ liệu và khôi phục bản sao lưu nguyên vẹn mới nhất vào một thư mục trống, bằng “restore”.</translation>
    </message>
    <message numerus="yes">
        <source>Personal data are sealed; %n record(s) have a key.</source>
        <translation>
            <numerusform>Dữ liệu cá nhân đã được niêm phong; %n bản ghi có khóa.</numerusform>
        </translation>
    </message>
    <message>
        <source>Let it follow a time server: apt-get install systemd-timesyncd, then timedatectl set-ntp true</source>
        <translation>Hãy cho đồng bộ với máy chủ thời gian: apt-get install systemd-timesyncd, rồi timedatectl set-ntp true</translation>
    </message>
    <message>
        <source>The last backup was made %1.</source>
        <translation>Bản sao lưu gần nhất được tạo lúc %1.</translation>
    </message>
    <message>
        <source>No backup is noted yet.</source>
        <translation>Chưa ghi nhận bản sao lưu nào.</translation>
    </message>
    <message>
        <source>Have one made every night: systemctl enable --now tourism-ioc-backup.timer. If it is, see what became of the last one: systemctl status tourism-ioc-backup</source>
        <translation>Hãy cho tạo bản sao lưu hằng đêm: systemctl enable --now tourism-ioc-backup.timer. Nếu đã bật, hãy xem kết quả lần gần nhất: systemctl status tourism-ioc-backup</translation>
    </message>
</context>
<context>
    <name>EntryText</name>
    <message>
        <source>The whole record</source>
        <translation>Toàn bộ bản ghi</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(trống)</translation>
    </message>
    <message>
        <source>New: %1</source>
        <translation>Thêm: %1</translation>
    </message>
    <message>
        <source>Edit: %1</source>
        <translation>Sửa: %1</translation>
    </message>
    <message>
        <source>Delete: %1</source>
        <translation>Xóa: %1</translation>
    </message>
    <message>
        <source>Merge: %1</source>
        <translation>Gộp: %1</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Hoàn tác: %1</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <comment>field: value before → value after</comment>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>không rõ</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>This is a spreadsheet workbook, not a CSV file. Open it and save it as “CSV UTF-8”.</source>
        <translation>Đây là sổ tính, không phải tệp CSV. Hãy mở tệp và lưu lại dạng “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>Line %1 is not Unicode text: the file was probably saved in an older encoding (TCVN3, VNI, VISCII or windows-1258). Open it in the program it comes from and save it as “CSV UTF-8”.</source>
        <translation>Dòng %1 không phải văn bản Unicode: có thể tệp được lưu bằng bảng mã cũ (TCVN3, VNI, VISCII hoặc windows-1258). Hãy mở tệp bằng chương trình đã tạo ra nó và lưu lại dạng “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>Line %1 holds characters that no text has: the file is damaged, or in an encoding without its mark. Save it again as “CSV UTF-8”.</source>
        <translation>Dòng %1 có ký tự không thuộc văn bản: tệp bị hỏng hoặc thiếu dấu nhận biết bảng mã. Hãy lưu lại dạng “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>The file cannot be read to its end.</source>
        <translation>Không đọc được tệp đến hết.</translation>
    </message>
    <message>
        <source>A field is longer than %1 characters.</source>
        <translation>Có ô dài hơn %1 ký tự.</translation>
    </message>
    <message>
        <source>The row has more than %1 fields.</source>
        <translation>Dòng có nhiều hơn %1 ô.</translation>
    </message>
    <message>
        <source>Text follows a closing quote: a quote inside a field must be doubled.</source>
        <translation>Có chữ sau dấu nháy đóng: dấu nháy bên trong ô phải được viết hai lần.</translation>
    </message>
    <message>
        <source>The quote opened in this line is never closed: lines %1 to %2 were not read.</source>
        <translation>Dấu nháy mở ở dòng này không được đóng: các dòng từ %1 đến %2 chưa được đọc.</translation>
    </message>
    <message>
        <source>The line is longer than %1 bytes.</source>
        <translation>Dòng dài hơn %1 byte.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Dòng</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Cột</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>Row imported</source>
        <translation>Đã nhập dòng</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>có</translation>
    </message>
    <message>
        <source>no</source>
        <translation>không</translation>
    </message>
    <message>
        <source>The report cannot be written. Check that there is space left.</source>
        <translation>Không ghi được báo cáo. Hãy kiểm tra dung lượng còn trống.</translation>
    </message>
    <message>
        <source>The import mapping cannot be read: %1</source>
        <translation>Không đọc được quy tắc ánh xạ: %1</translation>
    </message>
    <message>
        <source>No column of the file is named like a field of this kind of record. Its fields are: %1.</source>
        <translation>Không có cột nào của tệp trùng tên với trường của loại hồ sơ này. Các trường gồm: %1.</translation>
    </message>
    <message>
        <source>The file has no column for the field “%1” (%2), which must be filled in.</source>
        <translation>Tệp không có cột cho trường bắt buộc “%1” (%2).</translation>
    </message>
    <message>
        <source>Line %1 holds letters (“�”) that were lost when the file was converted earlier. Export it again from where it comes from as “CSV UTF-8”.</source>
        <translation>Dòng %1 có chữ (“�”) đã mất khi tệp được chuyển đổi trước đây. Hãy xuất lại từ nguồn dạng “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>The letters of line %1 are garbled: the file was once opened in the wrong encoding. Export it again from where it comes from as “CSV UTF-8”.</source>
        <translation>Chữ ở dòng %1 bị lỗi: tệp từng được mở sai bảng mã. Hãy xuất lại từ nguồn dạng “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>Line %1 is written for an old Vietnamese font (TCVN3 or VNI). Convert the text to Unicode, then save it as “CSV UTF-8”.</source>
        <translation>Dòng %1 được gõ cho phông chữ tiếng Việt cũ (TCVN3 hoặc VNI). Hãy chuyển văn bản sang Unicode rồi lưu dạng “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>Line %1 has its marks typed after the letters (VIQR). Convert the text to Unicode, then save it as “CSV UTF-8”.</source>
        <translation>Dòng %1 gõ dấu sau chữ (VIQR). Hãy chuyển văn bản sang Unicode rồi lưu dạng “CSV UTF-8”.</translation>
    </message>
    <message>
        <source>There is no kind of record named “%1”.</source>
        <translation>Không có loại hồ sơ nào tên “%1”.</translation>
    </message>
    <message>
        <source>No mapping takes this row.</source>
        <translation>Không có quy tắc ánh xạ nào nhận dòng này.</translation>
    </message>
    <message>
        <source>The file ends within this line: it was probably cut off. Export it again.</source>
        <translation>Tệp kết thúc giữa dòng này: có thể tệp bị cắt cụt. Hãy xuất lại tệp.</translation>
    </message>
    <message>
        <source>The row has %1 fields, the header has %2: a delimiter or a quote is missing.</source>
        <translation>Dòng có %1 ô, dòng tiêu đề có %2 ô: thiếu dấu phân cách hoặc dấu nháy.</translation>
    </message>
    <message>
        <source>Line %1 has the same key: only that one is imported.</source>
        <translation>Dòng %1 có cùng khóa: chỉ nhập dòng đó.</translation>
    </message>
    <message>
        <source>The file cannot be read again from its beginning. Save it on this machine first.</source>
        <translation>Không đọc lại được tệp từ đầu. Hãy lưu tệp vào máy này trước.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Tệp rỗng.</translation>
    </message>
    <message>
        <source>The header cannot be read: %1</source>
        <translation>Không đọc được dòng tiêu đề: %1</translation>
    </message>
    <message>
        <source>“%1” is not a coordinate. Write degrees like 10.7769.</source>
        <translation>“%1” không phải tọa độ. Hãy viết theo độ, ví dụ 10.7769.</translation>
    </message>
    <message>
        <source>The file has no column “%1”, which the mapping asks for. Its columns are: %2.</source>
        <translation>Tệp không có cột “%1” mà quy tắc ánh xạ cần. Các cột của tệp: %2.</translation>
    </message>
    <message>
        <source>“%1” is not written as expected.</source>
        <translation>“%1” không được viết đúng dạng yêu cầu.</translation>
    </message>
    <message>
        <source>“%1” is not known here: import it first, or mend the code.</source>
        <translation>Chưa có “%1” trong hệ thống: hãy nhập nó trước hoặc sửa lại mã.</translation>
    </message>
    <message>
        <source>This column tells the rows apart and must be filled in.</source>
        <translation>Cột này dùng để phân biệt các dòng nên không được để trống.</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>The file could not be kept on this device. Check that the disk has space.</source>
        <translation>Không lưu được tệp trên thiết bị này. Hãy kiểm tra dung lượng trống của đĩa.</translation>
    </message>
    <message>
        <source>The file cannot be read. Check that it is still there and that you may open it.</source>
        <translation>Không đọc được tệp. Hãy kiểm tra tệp còn ở đó và bạn có quyền mở.</translation>
    </message>
    <message>
        <source>Files of this kind (%1) are not taken. Pictures, video, sound, PDF, text and office documents are.</source>
        <translation>Không nhận loại tệp này (%1). Chỉ nhận ảnh, video, âm thanh, PDF, văn bản và tài liệu văn phòng.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was added.</source>
        <translation>Đã dừng. Không có gì được thêm.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to. Check its rights and start again.</source>
        <translation>Không ghi được vào thư mục %1. Hãy kiểm tra quyền rồi khởi động lại.</translation>
    </message>
    <message>
        <source>“%1” is too large: at most %2 MB are taken.</source>
        <translation>“%1” quá lớn: chỉ nhận tối đa %2 MB.</translation>
    </message>
    <message>
        <source>“%1” is empty.</source>
        <translation>“%1” là tệp rỗng.</translation>
    </message>
    <message>
        <source>The copy on this device is damaged. It is fetched anew from central.</source>
        <translation>Bản trên thiết bị này bị hỏng. Tệp đang được tải lại từ trung tâm.</translation>
    </message>
    <message>
        <source>The file did not arrive whole. It is fetched again.</source>
        <translation>Tệp đến không trọn vẹn. Tệp được tải lại.</translation>
    </message>
    <message>
        <source>The file %1 cannot be written. Choose another folder.</source>
        <translation>Không ghi được tệp %1. Hãy chọn thư mục khác.</translation>
    </message>
    <message>
        <source>The file is being fetched from central. It opens as soon as it is here.</source>
        <translation>Đang tải tệp từ trung tâm. Tệp sẽ mở ngay khi tải xong.</translation>
    </message>
    <message>
        <source>The files of this device are still being opened. Try again in a moment.</source>
        <translation>Các tệp của thiết bị này còn đang được mở. Hãy thử lại sau giây lát.</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>just now</source>
        <translation>vừa xong</translation>
    </message>
    <message numerus="yes">
        <source>in %n min</source>
        <translation>
            <numerusform>%n phút nữa</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n phút trước</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation>
            <numerusform>%n giờ nữa</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n giờ trước</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n d</source>
        <translation>
            <numerusform>%n ngày nữa</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d ago</source>
        <translation>
            <numerusform>%n ngày trước</numerusform>
        </translation>
    </message>
    <message>
        <source>just overdue</source>
        <translation>vừa quá hạn</translation>
    </message>
    <message>
        <source>under a minute left</source>
        <translation>còn chưa đến 1 phút</translation>
    </message>
    <message numerus="yes">
        <source>%n min overdue</source>
        <translation>
            <numerusform>quá hạn %n phút</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>còn %n phút</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h overdue</source>
        <translation>
            <numerusform>quá hạn %n giờ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>còn %n giờ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d overdue</source>
        <translation>
            <numerusform>quá hạn %n ngày</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d left</source>
        <translation>
            <numerusform>còn %n ngày</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n giây</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n phút</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n giờ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d</source>
        <translation>
            <numerusform>%n ngày</numerusform>
        </translation>
    </message>
    <message>
        <source>%1K</source>
        <comment>thousand</comment>
        <translation>%1&#xa0;nghìn</translation>
    </message>
    <message>
        <source>%1M</source>
        <comment>million</comment>
        <translation>%1&#xa0;tr</translation>
    </message>
    <message>
        <source>%1B</source>
        <comment>billion</comment>
        <translation>%1&#xa0;tỷ</translation>
    </message>
</context>
<context>
    <name>Id</name>
    <message>
        <source>This is not an identifier.</source>
        <translation>Đây không phải là mã định danh.</translation>
    </message>
</context>
<context>
    <name>Indicators</name>
    <message>
        <source>A declaration of indicators cannot be read: %1</source>
        <translation>Không đọc được khai báo chỉ tiêu: %1</translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation>Không đọc được tệp %1.</translation>
    </message>
</context>
<context>
    <name>Phone</name>
    <message>
        <source>This is not a phone number. Write it like 0901 234 567 or +84 901 234 567.</source>
        <translation>Đây không phải số điện thoại. Hãy viết như 0901 234 567 hoặc +84 901 234 567.</translation>
    </message>
</context>
<context>
    <name>Provider</name>
    <message>
        <source>Your center has no sign-in with an account of the city. Sign in with a password.</source>
        <translation>Trung tâm của bạn không có đăng nhập bằng tài khoản thành phố. Hãy đăng nhập bằng mật khẩu.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service (%1) does not answer. Try again in a while, or sign in with a password if you have one.</source>
        <translation>Dịch vụ đăng nhập của thành phố (%1) không trả lời. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu nếu bạn có.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service (%1) cannot be used as it is set up. Tell the administrator of your center; sign in with a password if you have one.</source>
        <translation>Dịch vụ đăng nhập của thành phố (%1) chưa được thiết lập đúng nên không dùng được. Hãy báo quản trị viên của trung tâm; đăng nhập bằng mật khẩu nếu bạn có.</translation>
    </message>
    <message>
        <source>Your account of the city is not meant for this center. Ask the administrator of your center.</source>
        <translation>Tài khoản thành phố của bạn không được dùng cho trung tâm này. Hãy hỏi quản trị viên của trung tâm.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service does not tell who you are (%1). Tell the administrator of your center.</source>
        <translation>Dịch vụ đăng nhập của thành phố không cho biết bạn là ai (%1). Hãy báo quản trị viên của trung tâm.</translation>
    </message>
    <message>
        <source>The city knows you as “%1”, but this center has no account of that name, or it is disabled. Ask the administrator of your center.</source>
        <translation>Thành phố nhận biết bạn là “%1”, nhưng trung tâm này không có tài khoản tên đó hoặc tài khoản đã bị vô hiệu hóa. Hãy hỏi quản trị viên của trung tâm.</translation>
    </message>
    <message>
        <source>The certificate that %1 shows is not trusted here.</source>
        <translation>Chứng chỉ của %1 không được tin cậy tại đây.</translation>
    </message>
    <message>
        <source>%1 does not answer as it should.</source>
        <translation>%1 không trả lời đúng cách.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service publishes no key that is of use here. Tell whoever runs it.</source>
        <translation>Dịch vụ đăng nhập của thành phố không công bố khóa nào dùng được ở đây. Hãy báo đơn vị vận hành dịch vụ đó.</translation>
    </message>
    <message>
        <source>“%1” has to be a text between quotation marks, of at most %2 characters.</source>
        <translation>“%1” phải là một chuỗi trong dấu ngoặc kép, nhiều nhất %2 ký tự.</translation>
    </message>
    <message>
        <source>“issuer” has to be the https address by which the sign-in service calls itself, for example https://sso.city.example/realms/city.</source>
        <translation>“issuer” phải là địa chỉ https mà dịch vụ đăng nhập tự gọi, ví dụ https://sso.city.example/realms/city.</translation>
    </message>
    <message>
        <source>“scopes” has to be a list of names that holds “openid”.</source>
        <translation>“scopes” phải là một danh sách tên có chứa “openid”.</translation>
    </message>
    <message>
        <source>The file %1 that “ca_file” names cannot be read or holds no certificate (PEM; at most %2 of them).</source>
        <translation>Tệp %1 nêu trong “ca_file” không đọc được hoặc không chứa chứng chỉ (PEM; nhiều nhất %2 chứng chỉ).</translation>
    </message>
    <message>
        <source>“redirect_port” has to be a number from 1024 to 65535; 0 or nothing: any free one.</source>
        <translation>“redirect_port” phải là một số từ 1024 đến 65535; 0 hoặc bỏ trống: cổng trống bất kỳ.</translation>
    </message>
    <message>
        <source>“%1” is not known. There are: %2.</source>
        <translation>Không có mục “%1”. Các mục được dùng: %2.</translation>
    </message>
    <message>
        <source>“client_id” is missing: the name under which the sign-in service knows this program.</source>
        <translation>Thiếu “client_id”: tên mà dịch vụ đăng nhập dùng để nhận biết chương trình này.</translation>
    </message>
    <message>
        <source>“required_claim” and “required_value” belong together: give both or none.</source>
        <translation>“required_claim” và “required_value” đi với nhau: hãy ghi cả hai hoặc không ghi mục nào.</translation>
    </message>
    <message>
        <source>The file %1 cannot be used. %2</source>
        <translation>Không dùng được tệp %1. %2</translation>
    </message>
    <message>
        <source>It cannot be read: %1</source>
        <translation>Không đọc được tệp: %1</translation>
    </message>
    <message>
        <source>It is not JSON: %1 (character %2).</source>
        <translation>Tệp không đúng định dạng JSON: %1 (ký tự thứ %2).</translation>
    </message>
    <message>
        <source>It has to be a JSON object: { … }.</source>
        <translation>Nội dung phải là một đối tượng JSON: { … }.</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>A declaration of record types cannot be read: %1</source>
        <translation>Không đọc được khai báo loại bản ghi: %1</translation>
    </message>
    <message>
        <source>There is no folder %1 to read record types from.</source>
        <translation>Không có thư mục %1 để đọc khai báo loại hồ sơ.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation>Không đọc được tệp %1.</translation>
    </message>
    <message>
        <source>A declaration of record types is larger than 1 MiB.</source>
        <translation>Khai báo loại hồ sơ lớn hơn 1 MiB.</translation>
    </message>
    <message>
        <source>en</source>
        <comment>code of the language of these texts</comment>
        <translation>vi</translation>
    </message>
    <message>
        <source>“%1” is not one of the choices of this field.</source>
        <translation>“%1” không có trong các lựa chọn của trường này.</translation>
    </message>
    <message>
        <source>“%1” is not a number.</source>
        <translation>“%1” không phải là số.</translation>
    </message>
    <message>
        <source>“%1” is not a whole number.</source>
        <translation>“%1” không phải là số nguyên.</translation>
    </message>
    <message>
        <source>“%1” is not a date. Write it like 31/12/2026.</source>
        <translation>“%1” không phải là ngày. Hãy viết như 31/12/2026.</translation>
    </message>
    <message>
        <source>“%1” is not a time. Write it like 31/12/2026 14:30.</source>
        <translation>“%1” không phải là thời điểm. Hãy viết như 31/12/2026 14:30.</translation>
    </message>
    <message>
        <source>“%1” is neither yes nor no.</source>
        <translation>“%1” không phải là có hoặc không.</translation>
    </message>
    <message>
        <source>“%1” is not a place. Write latitude and longitude like 10.7769, 106.7009.</source>
        <translation>“%1” không phải là vị trí. Hãy viết vĩ độ và kinh độ như 10.7769, 106.7009.</translation>
    </message>
    <message>
        <source>Text is expected here.</source>
        <translation>Ở đây cần văn bản.</translation>
    </message>
    <message>
        <source>This text is too long: %1 characters, at most %2 are kept.</source>
        <translation>Văn bản quá dài: %1 ký tự, chỉ lưu tối đa %2.</translation>
    </message>
    <message>
        <source>“%1” is not written the way this field asks for.</source>
        <translation>“%1” không đúng cách viết mà trường này yêu cầu.</translation>
    </message>
    <message>
        <source>A number is expected here.</source>
        <translation>Ở đây cần một số.</translation>
    </message>
    <message>
        <source>The value is too small: at least %1 is expected.</source>
        <translation>Giá trị quá nhỏ: cần ít nhất %1.</translation>
    </message>
    <message>
        <source>The value is too large: at most %1 is expected.</source>
        <translation>Giá trị quá lớn: cần nhiều nhất %1.</translation>
    </message>
    <message>
        <source>A time between the years 1 and 9999 is expected here.</source>
        <translation>Cần nhập thời điểm trong khoảng từ năm 1 đến năm 9999.</translation>
    </message>
    <message>
        <source>A whole number is expected here.</source>
        <translation>Ở đây cần một số nguyên.</translation>
    </message>
    <message>
        <source>A list is expected here.</source>
        <translation>Ở đây cần một danh sách.</translation>
    </message>
    <message>
        <source>There are too many files: at most %1 are kept.</source>
        <translation>Quá nhiều tệp: chỉ lưu được tối đa %1 tệp.</translation>
    </message>
    <message>
        <source>A list of texts is expected here.</source>
        <translation>Ở đây cần một danh sách văn bản.</translation>
    </message>
    <message>
        <source>A file is named by its SHA-256 digest.</source>
        <translation>Tệp được gọi theo mã băm SHA-256.</translation>
    </message>
    <message>
        <source>A place is a latitude and a longitude.</source>
        <translation>Vị trí gồm vĩ độ và kinh độ.</translation>
    </message>
    <message>
        <source>This place is not on the globe: latitude goes to 90, longitude to 180 degrees.</source>
        <translation>Vị trí này không có trên Trái Đất: vĩ độ đến 90, kinh độ đến 180 độ.</translation>
    </message>
    <message>
        <source>A text in each language is expected here.</source>
        <translation>Ở đây cần văn bản theo từng ngôn ngữ.</translation>
    </message>
    <message>
        <source>Texts are kept in Vietnamese, English and Chinese.</source>
        <translation>Văn bản được lưu bằng tiếng Việt, tiếng Anh và tiếng Trung.</translation>
    </message>
    <message>
        <source>This is not a web address.</source>
        <translation>Đây không phải địa chỉ web.</translation>
    </message>
    <message>
        <source>A date is expected here.</source>
        <translation>Ở đây cần một ngày.</translation>
    </message>
    <message>
        <source>This is not an e-mail address.</source>
        <translation>Đây không phải địa chỉ thư điện tử.</translation>
    </message>
    <message>
        <source>Yes or no is expected here.</source>
        <translation>Ở đây cần có hoặc không.</translation>
    </message>
    <message>
        <source>There is no field “%1” in this kind of record.</source>
        <translation>Loại bản ghi này không có trường “%1”.</translation>
    </message>
    <message>
        <source>This field must be filled in.</source>
        <translation>Trường này bắt buộc phải điền.</translation>
    </message>
</context>
<context>
    <name>Store</name>
    <message>
        <source>The local data are still being opened. Try again in a moment.</source>
        <translation>Dữ liệu trên máy đang được mở. Hãy thử lại sau giây lát.</translation>
    </message>
    <message>
        <source>The local data are damaged. Start the program again: they are fetched anew from central, and changes not yet sent are kept.</source>
        <translation>Dữ liệu trên máy bị hỏng. Hãy khởi động lại chương trình: dữ liệu sẽ được tải lại từ trung tâm, các thay đổi chưa gửi vẫn được giữ.</translation>
    </message>
    <message>
        <source>The folder of the local data cannot be written to. Check its rights and start again.</source>
        <translation>Không ghi được vào thư mục dữ liệu trên máy. Hãy kiểm tra quyền rồi khởi động lại.</translation>
    </message>
    <message>
        <source>The disk is full: the change was not saved. Free some space and try again.</source>
        <translation>Đĩa đã đầy: thay đổi chưa được lưu. Hãy giải phóng dung lượng rồi thử lại.</translation>
    </message>
    <message>
        <source>There is no field “%1” in this kind of record.</source>
        <translation>Loại bản ghi này không có trường “%1”.</translation>
    </message>
    <message>
        <source>This filter needs one value.</source>
        <translation>Bộ lọc này cần một giá trị.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to. Check its rights and start again.</source>
        <translation>Không ghi được vào thư mục %1. Hãy kiểm tra quyền rồi khởi động lại.</translation>
    </message>
    <message>
        <source>The damaged file %1 cannot be put aside. Check the rights of its folder.</source>
        <translation>Không dời được tệp hỏng %1. Hãy kiểm tra quyền của thư mục.</translation>
    </message>
    <message>
        <source>There is no such kind of record.</source>
        <translation>Không có loại bản ghi này.</translation>
    </message>
    <message>
        <source>This field must be filled in.</source>
        <translation>Trường này bắt buộc phải điền.</translation>
    </message>
    <message>
        <source>This kind of record has no steps.</source>
        <translation>Loại bản ghi này không có bước xử lý.</translation>
    </message>
    <message>
        <source>There is no such step.</source>
        <translation>Không có bước này.</translation>
    </message>
    <message>
        <source>Your account may not take this step.</source>
        <translation>Tài khoản của bạn không được thực hiện bước này.</translation>
    </message>
    <message>
        <source>This step cannot be taken any more: the record has moved on. Look at its timeline.</source>
        <translation>Không thực hiện được bước này nữa: bản ghi đã sang bước khác. Hãy xem diễn biến.</translation>
    </message>
    <message>
        <source>Your account may not change this kind of record.</source>
        <translation>Tài khoản của bạn không được sửa loại bản ghi này.</translation>
    </message>
    <message>
        <source>This record exists already.</source>
        <translation>Bản ghi này đã có.</translation>
    </message>
    <message>
        <source>This record does not exist any more.</source>
        <translation>Bản ghi này không còn nữa.</translation>
    </message>
    <message>
        <source>Entries of this kind are never changed. Add a new one.</source>
        <translation>Mục loại này không được sửa. Hãy thêm mục mới.</translation>
    </message>
    <message>
        <source>The program is incomplete. Install it again.</source>
        <translation>Chương trình bị thiếu. Hãy cài đặt lại.</translation>
    </message>
    <message>
        <source>This entry is not in the list any more.</source>
        <translation>Mục này không còn trong danh sách.</translation>
    </message>
    <message>
        <source>This change builds on another one in quarantine. Try that one again first.</source>
        <translation>Thay đổi này dựa trên một thay đổi khác đang cách ly. Hãy gửi lại thay đổi kia trước.</translation>
    </message>
    <message>
        <source>It builds on a change that was refused: %1</source>
        <translation>Dựa trên một thay đổi đã bị từ chối: %1</translation>
    </message>
    <message>
        <source>The record was deleted by somebody else.</source>
        <translation>Bản ghi đã bị người khác xóa.</translation>
    </message>
    <message>
        <source>The record no longer belongs to your unit&apos;s area of work.</source>
        <translation>Bản ghi không còn thuộc phạm vi của đơn vị bạn.</translation>
    </message>
    <message>
        <source>This step needs a comment that says why.</source>
        <translation>Bước này cần ghi rõ lý do.</translation>
    </message>
    <message>
        <source>“%1” must be filled in before this step.</source>
        <translation>Phải điền “%1” trước bước này.</translation>
    </message>
    <message>
        <source>There is no step to take back.</source>
        <translation>Không có bước nào để hoàn tác.</translation>
    </message>
    <message>
        <source>Only who took the last step may take it back.</source>
        <translation>Chỉ người thực hiện bước cuối mới được hoàn tác.</translation>
    </message>
    <message>
        <source>This step cannot be taken back any more: the record has moved on. Look at its timeline.</source>
        <translation>Không hoàn tác được bước này nữa: bản ghi đã sang bước khác. Hãy xem diễn biến.</translation>
    </message>
    <message>
        <source>Write the comment first.</source>
        <translation>Hãy viết ghi chú trước.</translation>
    </message>
    <message>
        <source>There is no such deadline.</source>
        <translation>Không có thời hạn này.</translation>
    </message>
    <message>
        <source>An extension needs a reason.</source>
        <translation>Gia hạn cần có lý do.</translation>
    </message>
    <message>
        <source>The new deadline must lie ahead.</source>
        <translation>Hạn mới phải ở tương lai.</translation>
    </message>
    <message>
        <source>The file cannot be written there. Choose another folder.</source>
        <translation>Không ghi được tệp vào đó. Hãy chọn thư mục khác.</translation>
    </message>
    <message>
        <source>That is too much for one file. Export fewer changes at a time.</source>
        <translation>Quá nhiều cho một tệp. Hãy xuất ít thay đổi hơn mỗi lần.</translation>
    </message>
    <message>
        <source>The file was not written: the disk is full or was taken out. Nothing was changed.</source>
        <translation>Chưa ghi được tệp: đĩa đầy hoặc đã bị rút ra. Không có gì thay đổi.</translation>
    </message>
    <message>
        <source>The file cannot be read. Check that it is still there and that you may open it.</source>
        <translation>Không đọc được tệp. Hãy kiểm tra tệp còn đó và bạn có quyền mở.</translation>
    </message>
    <message>
        <source>The file is too large. Export fewer changes at a time.</source>
        <translation>Tệp quá lớn. Hãy xuất ít thay đổi hơn mỗi lần.</translation>
    </message>
    <message>
        <source>The local data are in use by another program. Close it; the file from central is then taken in.</source>
        <translation>Dữ liệu trên máy đang được chương trình khác sử dụng. Hãy đóng chương trình đó; sau đó tệp của trung tâm sẽ được đưa vào.</translation>
    </message>
    <message>
        <source>The file does not say who made this change.</source>
        <translation>Tệp không cho biết ai đã thực hiện thay đổi này.</translation>
    </message>
    <message>
        <source>This program does not know the kind of record “%1”. Update it.</source>
        <translation>Chương trình chưa biết loại bản ghi “%1”. Hãy cập nhật chương trình.</translation>
    </message>
    <message>
        <source>This program does not know the field “%1”. Update it.</source>
        <translation>Chương trình chưa biết trường “%1”. Hãy cập nhật chương trình.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>field, what is wrong with it</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Only a new record or an edit can be changed. Take the step again instead.</source>
        <translation>Chỉ có thể sửa lại việc thêm mới hoặc chỉnh sửa. Với bước xử lý, hãy thực hiện lại bước đó.</translation>
    </message>
    <message>
        <source>The file was written for another central database, or central was restored from a backup since.</source>
        <translation>Tệp được xuất cho cơ sở dữ liệu trung tâm khác, hoặc trung tâm đã được khôi phục từ bản sao lưu sau đó.</translation>
    </message>
    <message>
        <source>somebody unknown here</source>
        <translation>người mà máy này chưa biết</translation>
    </message>
    <message>
        <source>Made by %1. It is sent when that account signs in on a desktop that has it.</source>
        <translation>Do %1 thực hiện. Sẽ được gửi khi tài khoản đó đăng nhập trên máy có thay đổi này.</translation>
    </message>
    <message>
        <source>When one of the values was written is not known. Choose it yourself.</source>
        <translation>Không rõ một trong hai giá trị được ghi lúc nào. Hãy tự chọn.</translation>
    </message>
    <message>
        <source>The record is not here any more: only central&apos;s choice can be kept.</source>
        <translation>Bản ghi không còn ở đây: chỉ có thể giữ giá trị của trung tâm.</translation>
    </message>
    <message>
        <source>The record was changed again since: it stays as it is now.</source>
        <translation>Bản ghi đã được sửa tiếp sau đó: giữ nguyên như hiện nay.</translation>
    </message>
    <message>
        <source>The file from central was made for another version of the program. The records are fetched one by one.</source>
        <translation>Tệp của trung tâm được tạo cho phiên bản khác của chương trình. Các bản ghi sẽ được tải lần lượt.</translation>
    </message>
    <message>
        <source>Central went back to an earlier state and has older values. Try it again if these are to stand, or discard it.</source>
        <translation>Trung tâm đã trở về trạng thái trước đó và đang giữ giá trị cũ hơn. Hãy thử lại nếu cần giữ các giá trị này, hoặc loại bỏ.</translation>
    </message>
    <message>
        <source>Central went back to an earlier state and does not have this record any more. Try it again to bring the record back, or discard it.</source>
        <translation>Trung tâm đã trở về trạng thái trước đó và không còn bản ghi này. Hãy thử lại để đưa bản ghi trở lại, hoặc loại bỏ.</translation>
    </message>
    <message>
        <source>Records cannot be sorted by personal data, which are sealed.</source>
        <translation>Không sắp xếp được bản ghi theo dữ liệu cá nhân vì dữ liệu này đã niêm phong.</translation>
    </message>
    <message>
        <source>Personal data are sealed: search for whole words of them instead.</source>
        <translation>Dữ liệu cá nhân đã niêm phong: hãy tìm theo từ đầy đủ.</translation>
    </message>
    <message>
        <source>The records are read anew. Try again in a moment.</source>
        <translation>Các bản ghi đang được đọc lại. Hãy thử lại sau giây lát.</translation>
    </message>
    <message>
        <source>The personal data in it cannot be opened on this device now. It is tried again; if this stays, tell the administrator.</source>
        <translation>Hiện không mở được dữ liệu cá nhân trong mục này trên thiết bị này. Chương trình sẽ thử lại; nếu vẫn vậy, hãy báo quản trị viên.</translation>
    </message>
    <message>
        <source>It builds on a change that never reached central and is not on this device any more. Look at it, then try again.</source>
        <translation>Dựa trên một thay đổi chưa từng đến máy chủ trung tâm và không còn trên thiết bị này. Hãy xem lại rồi thử lại.</translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message>
        <source>The certificate of your center (%1) cannot be read. Ask the administrator for the file ca.pem.</source>
        <translation>Không đọc được chứng thư của trung tâm (%1). Hãy xin quản trị viên tệp ca.pem.</translation>
    </message>
    <message>
        <source>%1 holds no certificate. Ask the administrator for the file ca.pem.</source>
        <translation>%1 không chứa chứng thư. Hãy xin quản trị viên tệp ca.pem.</translation>
    </message>
    <message>
        <source>Central does not answer as it should. It is tried again.</source>
        <translation>Trung tâm trả lời không đúng. Đang thử lại.</translation>
    </message>
    <message>
        <source>The server is not your center&apos;s: its certificate is another one. Nothing was sent. Tell the administrator.</source>
        <translation>Máy chủ này không phải của trung tâm bạn: chứng thư khác. Chưa gửi gì. Hãy báo quản trị viên.</translation>
    </message>
    <message>
        <source>Central does not answer. Work goes on; it is tried again.</source>
        <translation>Trung tâm không trả lời. Vẫn làm việc được; sẽ thử lại.</translation>
    </message>
    <message>
        <source>The server %1 is not found. Work goes on; it is tried again.</source>
        <translation>Không tìm thấy máy chủ %1. Vẫn làm việc được; sẽ thử lại.</translation>
    </message>
    <message>
        <source>No connection to central. Work goes on; it is tried again.</source>
        <translation>Không kết nối được trung tâm. Vẫn làm việc được; sẽ thử lại.</translation>
    </message>
    <message>
        <source>The sign-in cannot be kept on this device: you will be asked again at the next start. Check the rights of %1.</source>
        <translation>Không lưu được phiên đăng nhập trên máy này: lần sau sẽ phải đăng nhập lại. Hãy kiểm tra quyền của %1.</translation>
    </message>
    <message>
        <source>The folder of the local data cannot be written to. Check its rights; the download goes on then.</source>
        <translation>Không ghi được vào thư mục dữ liệu trên máy. Hãy kiểm tra quyền; việc tải sẽ tiếp tục sau đó.</translation>
    </message>
    <message>
        <source>There is no space left for the records. Free some space; the download goes on then.</source>
        <translation>Không còn chỗ trống cho các bản ghi. Hãy giải phóng dung lượng; việc tải sẽ tiếp tục sau đó.</translation>
    </message>
    <message>
        <source>Without central only the person who last signed in on this device can do so. Others can when central is reached again.</source>
        <translation>Khi không nối được máy chủ trung tâm, chỉ người đăng nhập lần gần nhất trên máy này đăng nhập được. Người khác đăng nhập được khi nối lại.</translation>
    </message>
    <message>
        <source>The clock of this device was set back. Set it right, or sign in when central is reached again.</source>
        <translation>Đồng hồ của máy này đã bị vặn lùi. Hãy chỉnh lại cho đúng, hoặc đăng nhập khi nối lại được máy chủ trung tâm.</translation>
    </message>
    <message>
        <source>Your center does not allow signing in without central. Check the network.</source>
        <translation>Trung tâm của bạn không cho phép đăng nhập khi không nối được máy chủ trung tâm. Hãy kiểm tra mạng.</translation>
    </message>
    <message numerus="yes">
        <source>It is more than %n day(s) since you were last connected to central: sign in when it is reached again. What is saved here stays.</source>
        <translation>
            <numerusform>Đã hơn %n ngày kể từ lần cuối bạn nối với máy chủ trung tâm: hãy đăng nhập khi nối lại được. Những gì đã lưu ở đây vẫn còn.</numerusform>
        </translation>
    </message>
    <message>
        <source>Too many wrong passwords. Sign in when central is reached again.</source>
        <translation>Sai mật khẩu quá nhiều lần. Hãy đăng nhập khi nối lại được máy chủ trung tâm.</translation>
    </message>
    <message numerus="yes">
        <source>Too many failed attempts. Try again in %n second(s).</source>
        <translation>
            <numerusform>Sai quá nhiều lần. Hãy thử lại sau %n giây.</numerusform>
        </translation>
    </message>
    <message>
        <source>What this device kept of your sign-in is damaged. Sign in when central is reached again.</source>
        <translation>Dữ liệu đăng nhập lưu trên máy này bị hỏng. Hãy đăng nhập khi nối lại được máy chủ trung tâm.</translation>
    </message>
    <message>
        <source>Nobody can sign in on this device without central yet. Check the network.</source>
        <translation>Chưa ai đăng nhập được trên máy này khi không nối được máy chủ trung tâm. Hãy kiểm tra mạng.</translation>
    </message>
    <message>
        <source>The certificate of this device (device.pem and device.key in %1) cannot be read. Ask the administrator for a new one.</source>
        <translation>Không đọc được chứng chỉ của thiết bị này (device.pem và device.key trong %1). Hãy xin quản trị viên chứng chỉ mới.</translation>
    </message>
</context>
<context>
    <name>Wire</name>
    <message>
        <source>The message cannot be understood. Update the older of the two programs.</source>
        <translation>Không hiểu được thông điệp. Hãy cập nhật chương trình cũ hơn trong hai bên.</translation>
    </message>
    <message>
        <source>The message is too large. Send less at a time.</source>
        <translation>Thông điệp quá lớn. Hãy gửi ít hơn mỗi lần.</translation>
    </message>
    <message>
        <source>The message is damaged. Try again; if it happens again, update the program.</source>
        <translation>Thông điệp bị hỏng. Hãy thử lại; nếu lặp lại, hãy cập nhật chương trình.</translation>
    </message>
    <message>
        <source>The place in the feed cannot be read. The device has to start again.</source>
        <translation>Không đọc được vị trí đồng bộ. Thiết bị phải bắt đầu lại.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read. Check the rights of its folder.</source>
        <translation>Không đọc được tệp %1. Hãy kiểm tra quyền của thư mục chứa tệp.</translation>
    </message>
    <message>
        <source>The file %1 cannot be written. Check the rights of its folder.</source>
        <translation>Không ghi được tệp %1. Hãy kiểm tra quyền của thư mục chứa tệp.</translation>
    </message>
    <message>
        <source>There is no space left for the file %1. Free some space and try again.</source>
        <translation>Không còn chỗ trống cho tệp %1. Hãy giải phóng dung lượng rồi thử lại.</translation>
    </message>
    <message>
        <source>The file from central is damaged. It is fetched again.</source>
        <translation>Tệp nhận từ trung tâm bị hỏng. Tệp đang được tải lại.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Đã dừng.</translation>
    </message>
    <message>
        <source>The disk does not take the file %1. Check that it has space and is healthy, then try again.</source>
        <translation>Ổ đĩa không ghi được tệp %1. Hãy kiểm tra dung lượng và tình trạng ổ đĩa rồi thử lại.</translation>
    </message>
    <message>
        <source>The file is damaged or was not copied whole. Copy it again, or export it again on the other desktop.</source>
        <translation>Tệp bị hỏng hoặc chép chưa đủ. Hãy chép lại, hoặc xuất lại từ máy kia.</translation>
    </message>
    <message>
        <source>This is not a file of changes exported from this program. Choose another file.</source>
        <translation>Đây không phải tệp thay đổi xuất từ chương trình này. Hãy chọn tệp khác.</translation>
    </message>
    <message>
        <source>The file was written by a newer version of this program. Update this desktop and import it again.</source>
        <translation>Tệp do phiên bản mới hơn ghi. Hãy cập nhật máy này rồi nhập lại.</translation>
    </message>
    <message>
        <source>The file is too large. Export fewer changes at a time.</source>
        <translation>Tệp quá lớn. Hãy xuất ít thay đổi hơn mỗi lần.</translation>
    </message>
</context>
<context>
    <name>ioc::AccountPane</name>
    <message>
        <source>Accounts</source>
        <translation>Tài khoản</translation>
    </message>
    <message>
        <source>No accounts yet. Add the first one.</source>
        <translation>Chưa có tài khoản nào. Hãy thêm tài khoản đầu tiên.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Tài khoản</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Đơn vị</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Vai trò</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Last sign-in</source>
        <translation>Đăng nhập lần cuối</translation>
    </message>
    <message>
        <source>never</source>
        <translation>chưa bao giờ</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Đã khóa</translation>
    </message>
    <message>
        <source>Locked after wrong passwords</source>
        <translation>Tạm khóa vì sai mật khẩu</translation>
    </message>
    <message>
        <source>No password yet</source>
        <translation>Chưa có mật khẩu</translation>
    </message>
    <message>
        <source>Has to change the password</source>
        <translation>Phải đổi mật khẩu</translation>
    </message>
    <message numerus="yes">
        <source>Signed in on %n device(s)</source>
        <translation>
            <numerusform>Đang đăng nhập trên %n máy</numerusform>
        </translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Đang hoạt động</translation>
    </message>
    <message>
        <source>Add an account…</source>
        <translation>Thêm tài khoản…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Sửa…</translation>
    </message>
    <message>
        <source>New password…</source>
        <translation>Cấp mật khẩu mới…</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Mở khóa</translation>
    </message>
    <message>
        <source>Wrong passwords are forgiven.</source>
        <translation>Đã xóa các lần sai mật khẩu.</translation>
    </message>
    <message>
        <source>Sign out everywhere…</source>
        <translation>Đăng xuất mọi nơi…</translation>
    </message>
    <message>
        <source>Disable…</source>
        <translation>Khóa tài khoản…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Làm mới</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Vai trò</translation>
    </message>
    <message>
        <source>Grants</source>
        <translation>Phân quyền</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Mở lại</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Mật khẩu mới</translation>
    </message>
    <message>
        <source>Give the account “%1” a new password? The one of now is of no use any more, and all devices of this person are signed out.</source>
        <translation>Cấp mật khẩu mới cho tài khoản “%1”? Mật khẩu hiện tại sẽ hết hiệu lực và mọi máy của người này bị đăng xuất.</translation>
    </message>
    <message>
        <source>Give a new password</source>
        <translation>Cấp mật khẩu mới</translation>
    </message>
    <message>
        <source>The account is enabled.</source>
        <translation>Đã mở lại tài khoản.</translation>
    </message>
    <message>
        <source>Disable the account</source>
        <translation>Khóa tài khoản</translation>
    </message>
    <message>
        <source>Disable the account “%1”? This person cannot sign in any more, and all their devices are signed out. Their work stays.</source>
        <translation>Khóa tài khoản “%1”? Người này không đăng nhập được nữa và mọi máy của họ bị đăng xuất. Dữ liệu họ đã nhập vẫn còn.</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Khóa</translation>
    </message>
    <message>
        <source>The account is disabled.</source>
        <translation>Đã khóa tài khoản.</translation>
    </message>
    <message>
        <source>Sign out everywhere</source>
        <translation>Đăng xuất mọi nơi</translation>
    </message>
    <message numerus="yes">
        <source>Sign “%1” out on %n device(s)? The password is asked for there again; nothing is lost.</source>
        <translation>
            <numerusform>Đăng xuất “%1” trên %n máy? Ở đó sẽ hỏi lại mật khẩu; không mất gì cả.</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Đăng xuất</translation>
    </message>
    <message>
        <source>The account is signed out everywhere.</source>
        <translation>Đã đăng xuất tài khoản ở mọi nơi.</translation>
    </message>
</context>
<context>
    <name>ioc::AdministrationPage</name>
    <message>
        <source>Accounts</source>
        <translation>Tài khoản</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Thiết bị</translation>
    </message>
</context>
<context>
    <name>ioc::AttachmentController</name>
    <message>
        <source>The picture could not be read.</source>
        <translation>Không đọc được ảnh.</translation>
    </message>
    <message>
        <source>No program on this computer opens this kind of file. Save it and open it elsewhere.</source>
        <translation>Máy này không có chương trình mở loại tệp này. Hãy lưu tệp và mở ở nơi khác.</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Đã lưu thành %1</translation>
    </message>
    <message>
        <source>“%1” was removed</source>
        <translation>Đã gỡ “%1”</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
</context>
<context>
    <name>ioc::AttachmentModel</name>
    <message>
        <source>%1 KB</source>
        <translation>%1 KB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>not taken by central</source>
        <translation>trung tâm không nhận</translation>
    </message>
    <message>
        <source>damaged on this device</source>
        <translation>bị hỏng trên thiết bị này</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>chờ gửi</translation>
    </message>
    <message>
        <source>sending, %1</source>
        <translation>đang gửi, %1</translation>
    </message>
    <message>
        <source>kept for work without a network</source>
        <translation>giữ để dùng khi mất mạng</translation>
    </message>
    <message>
        <source>on this device</source>
        <translation>có trên thiết bị này</translation>
    </message>
    <message>
        <source>waiting to be fetched</source>
        <translation>chờ tải về</translation>
    </message>
    <message>
        <source>fetching, %1</source>
        <translation>đang tải về, %1</translation>
    </message>
    <message>
        <source>at central only</source>
        <translation>chỉ có ở trung tâm</translation>
    </message>
</context>
<context>
    <name>ioc::AttachmentStrip</name>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Tệp đính kèm</translation>
    </message>
    <message>
        <source>Add file…</source>
        <translation>Thêm tệp…</translation>
    </message>
    <message>
        <source>Add files to this record (Ctrl+Shift+O)</source>
        <translation>Thêm tệp vào hồ sơ này (Ctrl+Shift+O)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Lưu thành…</translation>
    </message>
    <message>
        <source>Keep for work without a network</source>
        <translation>Giữ để dùng khi mất mạng</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Gỡ</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Dán</translation>
    </message>
    <message>
        <source>There is no file and no picture to paste.</source>
        <translation>Không có tệp hay ảnh nào để dán.</translation>
    </message>
    <message>
        <source>Attachments (%1)</source>
        <translation>Tệp đính kèm (%1)</translation>
    </message>
    <message>
        <source>Drop files here, paste a picture (Ctrl+V), or choose “Add file”.</source>
        <translation>Kéo tệp vào đây, dán ảnh (Ctrl+V) hoặc chọn “Thêm tệp”.</translation>
    </message>
    <message>
        <source>There are no files.</source>
        <translation>Không có tệp nào.</translation>
    </message>
    <message>
        <source>Adding %1</source>
        <translation>Đang thêm %1</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Thêm tệp</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Lưu thành</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Ảnh %1</translation>
    </message>
</context>
<context>
    <name>ioc::BarChart</name>
    <message>
        <source>There is nothing to count yet.</source>
        <translation>Chưa có gì để thống kê.</translation>
    </message>
</context>
<context>
    <name>ioc::BrowserSignIn</name>
    <message numerus="yes">
        <source>Nobody has signed in in the browser within %n minute(s). Try again.</source>
        <translation>
            <numerusform>Không có ai đăng nhập trên trình duyệt trong %n phút. Hãy thử lại.</numerusform>
        </translation>
    </message>
    <message>
        <source>Port %1 of this computer, on which the answer of the browser is awaited, is taken by another program. Close it and try again.</source>
        <translation>Cổng %1 của máy này, nơi chờ trình duyệt trả lời, đang bị chương trình khác chiếm. Hãy đóng chương trình đó rồi thử lại.</translation>
    </message>
    <message>
        <source>You can close this page and go back to Tourism IOC.</source>
        <translation>Bạn có thể đóng trang này và quay lại Tourism IOC.</translation>
    </message>
    <message>
        <source>No browser could be opened. Choose a browser in this computer&apos;s settings, or sign in with a password if you have one.</source>
        <translation>Không mở được trình duyệt. Hãy chọn trình duyệt trong phần cài đặt của máy, hoặc đăng nhập bằng mật khẩu nếu bạn có.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service gave no token of who you are. Tell the administrator of your center.</source>
        <translation>Dịch vụ đăng nhập của thành phố không trả về mã cho biết bạn là ai. Hãy báo quản trị viên của trung tâm.</translation>
    </message>
    <message>
        <source>The sign-in was not allowed in the browser. Try again when you mean to sign in.</source>
        <translation>Việc đăng nhập đã bị từ chối trên trình duyệt. Hãy thử lại khi bạn muốn đăng nhập.</translation>
    </message>
    <message>
        <source>What the browser brought is not the answer to this sign-in. Try again; open no other address meanwhile.</source>
        <translation>Trả lời từ trình duyệt không phải của lần đăng nhập này. Hãy thử lại và đừng mở địa chỉ nào khác trong lúc chờ.</translation>
    </message>
    <message>
        <source>The city&apos;s sign-in service did not let you in (%1). Try again; if it lasts, tell the administrator of your center.</source>
        <translation>Dịch vụ đăng nhập của thành phố không cho bạn vào (%1). Hãy thử lại; nếu vẫn vậy, hãy báo quản trị viên của trung tâm.</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>không trả lời</translation>
    </message>
</context>
<context>
    <name>ioc::CameraAddress</name>
    <message>
        <source>This is not a camera address. Enter one that begins with rtsp://, rtsps://, http:// or https://.</source>
        <translation>Đây không phải địa chỉ camera. Hãy nhập địa chỉ bắt đầu bằng rtsp://, rtsps://, http:// hoặc https://.</translation>
    </message>
</context>
<context>
    <name>ioc::CameraPane</name>
    <message>
        <source>No cameras yet. Add them in the catalogue.</source>
        <translation>Chưa có camera. Hãy thêm trong danh mục.</translation>
    </message>
    <message>
        <source>Add a camera</source>
        <translation>Thêm camera</translation>
    </message>
</context>
<context>
    <name>ioc::CameraServer</name>
    <message>
        <source>Port %1 cannot be listened on. Stop the program that uses it or choose another port.</source>
        <translation>Không mở được cổng %1. Hãy dừng chương trình đang dùng cổng này hoặc chọn cổng khác.</translation>
    </message>
</context>
<context>
    <name>ioc::CameraStream</name>
    <message>
        <source>The picture could not be converted. Try again.</source>
        <translation>Không chuyển đổi được hình. Hãy thử lại.</translation>
    </message>
    <message>
        <source>The camera shows no picture now. Try again when it is live.</source>
        <translation>Camera hiện không có hình. Hãy thử lại khi camera trực tiếp.</translation>
    </message>
</context>
<context>
    <name>ioc::CameraText</name>
    <message>
        <source>Off</source>
        <translation>Tắt</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Đang kết nối</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Trực tiếp</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>Đứng hình</translation>
    </message>
    <message>
        <source>Retrying</source>
        <translation>Đang thử lại</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Tạm dừng</translation>
    </message>
    <message>
        <source>This is not a camera address.</source>
        <translation>Đây không phải địa chỉ camera.</translation>
    </message>
    <message>
        <source>The camera refuses the connection.</source>
        <translation>Camera từ chối kết nối.</translation>
    </message>
    <message>
        <source>The camera cannot be reached.</source>
        <translation>Không kết nối được tới camera.</translation>
    </message>
    <message>
        <source>No usable answer from the camera.</source>
        <translation>Camera không trả lời đúng cách.</translation>
    </message>
    <message>
        <source>The camera has no such stream.</source>
        <translation>Camera không có luồng hình này.</translation>
    </message>
    <message>
        <source>The camera does not accept the user or password.</source>
        <translation>Camera không chấp nhận tên người dùng hoặc mật khẩu.</translation>
    </message>
    <message>
        <source>The stream carries no video.</source>
        <translation>Luồng này không có hình.</translation>
    </message>
    <message>
        <source>Connected, but no picture arrives.</source>
        <translation>Đã kết nối nhưng chưa nhận được hình.</translation>
    </message>
    <message>
        <source>The camera sends data that makes no sense.</source>
        <translation>Camera gửi dữ liệu không đọc được.</translation>
    </message>
    <message>
        <source>This kind of video is not supported.</source>
        <translation>Không hỗ trợ loại video này.</translation>
    </message>
    <message>
        <source>The connection to the camera was lost.</source>
        <translation>Mất kết nối với camera.</translation>
    </message>
    <message>
        <source>Enter one that begins with rtsp://, rtsps://, http:// or https://.</source>
        <translation>Hãy nhập địa chỉ bắt đầu bằng rtsp://, rtsps://, http:// hoặc https://.</translation>
    </message>
    <message>
        <source>Check that it is switched on and that the port is right.</source>
        <translation>Kiểm tra camera đã bật và cổng kết nối đã đúng.</translation>
    </message>
    <message>
        <source>Check its address and the network.</source>
        <translation>Kiểm tra địa chỉ camera và đường mạng.</translation>
    </message>
    <message>
        <source>Check that this is a camera&apos;s address, and its power and network.</source>
        <translation>Kiểm tra đây đúng là địa chỉ camera, nguồn điện và đường mạng của camera.</translation>
    </message>
    <message>
        <source>Check the path in its address.</source>
        <translation>Kiểm tra đường dẫn trong địa chỉ camera.</translation>
    </message>
    <message>
        <source>Enter the right ones in the camera&apos;s record.</source>
        <translation>Nhập lại cho đúng trong hồ sơ camera.</translation>
    </message>
    <message>
        <source>Choose the camera&apos;s video stream.</source>
        <translation>Chọn luồng có hình của camera.</translation>
    </message>
    <message>
        <source>Set its key frame interval to 1 to 2 seconds.</source>
        <translation>Đặt khoảng cách khung hình chính (key frame) của camera là 1 đến 2 giây.</translation>
    </message>
    <message>
        <source>Restart the camera, and check that its address is that of a camera.</source>
        <translation>Khởi động lại camera và kiểm tra đây đúng là địa chỉ camera.</translation>
    </message>
    <message>
        <source>Set the camera to H.264 or H.265.</source>
        <translation>Đặt camera ở chuẩn H.264 hoặc H.265.</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Hệ thống tự thử kết nối lại.</translation>
    </message>
</context>
<context>
    <name>ioc::CameraTile</name>
    <message numerus="yes">
        <source>Next try in %n s.</source>
        <translation>
            <numerusform>Thử lại sau %n giây.</numerusform>
        </translation>
    </message>
    <message>
        <source>No new picture for a while.</source>
        <translation>Chưa có hình mới.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Đang kết nối…</translation>
    </message>
    <message>
        <source>Back to the wall</source>
        <translation>Về màn hình ghép</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>Phóng to</translation>
    </message>
    <message>
        <source>Take still image</source>
        <translation>Chụp ảnh tĩnh</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Kết nối lại</translation>
    </message>
    <message>
        <source>Camera %1</source>
        <translation>Camera %1</translation>
    </message>
</context>
<context>
    <name>ioc::CameraWallWidget</name>
    <message numerus="yes">
        <source>%n cameras on a page</source>
        <translation>
            <numerusform>%n camera mỗi trang</numerusform>
        </translation>
    </message>
    <message>
        <source>How many cameras a page shows</source>
        <translation>Số camera trên mỗi trang</translation>
    </message>
    <message>
        <source>Back to the wall</source>
        <translation>Về màn hình ghép</translation>
    </message>
    <message>
        <source>Back to the wall (Esc)</source>
        <translation>Về màn hình ghép (Esc)</translation>
    </message>
    <message>
        <source>Previous cameras (Page Up)</source>
        <translation>Các camera trước (Page Up)</translation>
    </message>
    <message>
        <source>Next cameras (Page Down)</source>
        <translation>Các camera sau (Page Down)</translation>
    </message>
    <message numerus="yes">
        <source>%n cameras</source>
        <translation>
            <numerusform>%n camera</numerusform>
        </translation>
    </message>
    <message>
        <source>%1–%2 of %3</source>
        <translation>%1–%2 trên %3</translation>
    </message>
    <message numerus="yes">
        <source>%n live</source>
        <translation>
            <numerusform>%n trực tiếp</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connecting</source>
        <translation>
            <numerusform>%n đang kết nối</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stalled</source>
        <translation>
            <numerusform>%n đứng hình</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n retrying</source>
        <translation>
            <numerusform>%n đang thử lại</numerusform>
        </translation>
    </message>
    <message>
        <source>This camera is not on screen. Open it and try again.</source>
        <translation>Camera này không có trên màn hình. Hãy mở camera rồi thử lại.</translation>
    </message>
    <message>
        <source>No cameras yet. Add cameras in the catalogue and they appear here.</source>
        <translation>Chưa có camera. Thêm camera trong danh mục, camera sẽ hiện ở đây.</translation>
    </message>
</context>
<context>
    <name>ioc::CataloguePage</name>
    <message>
        <source>New</source>
        <translation>Thêm mới</translation>
    </message>
    <message>
        <source>Kinds of record</source>
        <translation>Loại bản ghi</translation>
    </message>
    <message>
        <source>No records yet. Add the first one.</source>
        <translation>Chưa có bản ghi nào. Hãy thêm bản ghi đầu tiên.</translation>
    </message>
</context>
<context>
    <name>ioc::Clip</name>
    <message>
        <source>The clip %1 cannot be read and is left out. Record it again or give another one.</source>
        <translation>Không đọc được đoạn phim %1 nên bỏ qua. Hãy ghi lại hoặc chọn đoạn khác.</translation>
    </message>
    <message>
        <source>The clip %1 is left out: only H.264, HEVC and motion JPEG are played.</source>
        <translation>Bỏ qua đoạn phim %1: chỉ phát được H.264, HEVC và motion JPEG.</translation>
    </message>
    <message>
        <source>The clip %1 is left out: it holds more than 256 MB of video. Cut it shorter.</source>
        <translation>Bỏ qua đoạn phim %1: phần hình vượt quá 256 MB. Hãy cắt ngắn lại.</translation>
    </message>
    <message>
        <source>The clip %1 is left out: its pictures have Huffman tables of their own, which a motion JPEG camera cannot send. Record it with the usual tables.</source>
        <translation>Bỏ qua đoạn phim %1: hình của nó dùng bảng Huffman riêng mà camera motion JPEG không gửi được. Hãy ghi lại với bảng thông thường.</translation>
    </message>
</context>
<context>
    <name>ioc::ComplaintDetailWidget</name>
    <message>
        <source>Choose a complaint in the queue to see it here.</source>
        <translation>Chọn một phản ánh trong hàng đợi để xem tại đây.</translation>
    </message>
    <message>
        <source>Deadlines</source>
        <translation>Thời hạn</translation>
    </message>
    <message>
        <source>Nearby</source>
        <translation>Lân cận</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Diễn biến</translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation>Viết ghi chú…</translation>
    </message>
    <message>
        <source>Note for the timeline</source>
        <translation>Ghi chú vào diễn biến</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Thêm</translation>
    </message>
    <message>
        <source>(provisional number)</source>
        <translation>(số tạm)</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>chưa gửi</translation>
    </message>
    <message>
        <source>%1 (due %2)</source>
        <translation>%1 (hạn %2)</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>tạm dừng</translation>
    </message>
    <message>
        <source>done late, %1</source>
        <translation>xong trễ hạn, %1</translation>
    </message>
    <message>
        <source>done in time, %1</source>
        <translation>xong đúng hạn, %1</translation>
    </message>
    <message>
        <source> · extended</source>
        <translation> · đã gia hạn</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>Take back the last step (Ctrl+Shift+Z)</source>
        <translation>Hoàn tác bước vừa làm (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Sửa</translation>
    </message>
</context>
<context>
    <name>ioc::ComplaintQueueWidget</name>
    <message>
        <source>Open</source>
        <translation>Đang xử lý</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Quá hạn</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Đã trả lời</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tất cả</translation>
    </message>
    <message>
        <source>New complaint</source>
        <translation>Phản ánh mới</translation>
    </message>
    <message>
        <source>Take down a new complaint (Ctrl+N)</source>
        <translation>Ghi nhận phản ánh mới (Ctrl+N)</translation>
    </message>
    <message>
        <source>No complaints here. Change the view or the filters.</source>
        <translation>Không có phản ánh nào. Hãy đổi chế độ xem hoặc bộ lọc.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Hiện tất cả</translation>
    </message>
    <message>
        <source>Just received</source>
        <translation>Mới tiếp nhận</translation>
    </message>
</context>
<context>
    <name>ioc::ComplaintSteps</name>
    <message>
        <source>Saved: %1</source>
        <translation>Đã lưu: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>There is no step of yours to take back.</source>
        <translation>Không có bước nào của bạn để hoàn tác.</translation>
    </message>
</context>
<context>
    <name>ioc::ConflictModel</name>
    <message>
        <source>Kept: somebody else works on it</source>
        <translation>Được giữ: người khác đang xử lý</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Đã xóa</translation>
    </message>
    <message>
        <source>Merged with another record</source>
        <translation>Đã gộp với bản ghi khác</translation>
    </message>
    <message>
        <source>Central&apos;s stands</source>
        <translation>Giữ trạng thái của trung tâm</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Của tôi</translation>
    </message>
    <message>
        <source>Central&apos;s</source>
        <translation>Của trung tâm</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>không rõ</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Bản ghi</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Trường</translation>
    </message>
    <message>
        <source>At central</source>
        <translation>Tại trung tâm</translation>
    </message>
    <message>
        <source>Written there</source>
        <translation>Ghi tại trung tâm</translation>
    </message>
    <message>
        <source>Written here</source>
        <translation>Ghi tại đây</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>Mới hơn</translation>
    </message>
</context>
<context>
    <name>ioc::ConflictPane</name>
    <message>
        <source>No conflicts: nobody else changed what you changed.</source>
        <translation>Không có xung đột: không ai khác sửa những gì bạn đã sửa.</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Xung đột</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Giữ của tôi</translation>
    </message>
    <message>
        <source>Keep central&apos;s</source>
        <translation>Giữ của trung tâm</translation>
    </message>
    <message>
        <source>Keep the newer</source>
        <translation>Giữ bản mới hơn</translation>
    </message>
    <message>
        <source>Another value…</source>
        <translation>Giá trị khác…</translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>Mở bản ghi</translation>
    </message>
    <message>
        <source>Undo the last settling</source>
        <translation>Hoàn tác lần giải quyết vừa rồi</translation>
    </message>
    <message>
        <source>Central&apos;s value</source>
        <translation>Giá trị của trung tâm</translation>
    </message>
    <message>
        <source>My value</source>
        <translation>Giá trị của tôi</translation>
    </message>
    <message>
        <source>Settling…</source>
        <translation>Đang giải quyết…</translation>
    </message>
    <message>
        <source>Taking back…</source>
        <translation>Đang hoàn tác…</translation>
    </message>
    <message>
        <source>Stopped: a part was taken back.</source>
        <translation>Đã dừng: một phần đã được hoàn tác.</translation>
    </message>
    <message>
        <source>Stopped: what was settled by then can be undone.</source>
        <translation>Đã dừng: phần đã giải quyết có thể hoàn tác.</translation>
    </message>
    <message numerus="yes">
        <source>%n taken back</source>
        <translation>
            <numerusform>Đã hoàn tác %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n settled</source>
        <translation>
            <numerusform>Đã giải quyết %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n left as they are: %2</source>
        <translation>
            <numerusform>%1; %n giữ nguyên: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>At central</source>
        <translation>Tại trung tâm</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Của tôi</translation>
    </message>
    <message>
        <source>At central: %1</source>
        <translation>Tại trung tâm: %1</translation>
    </message>
    <message>
        <source>Mine: %1</source>
        <translation>Của tôi: %1</translation>
    </message>
    <message>
        <source>Somebody else took a step before yours, so yours was not taken. Central&apos;s state stands; take the step again if it is still needed.</source>
        <translation>Người khác đã chuyển bước trước, nên bước của bạn không được thực hiện. Trạng thái của trung tâm được giữ; nếu vẫn cần thì chuyển bước lại.</translation>
    </message>
    <message numerus="yes">
        <source>%n entries that tell of the step go with it: %1</source>
        <translation>
            <numerusform>%n mục ghi về bước này đi cùng: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::ConflictValueDialog</name>
    <message>
        <source>Another value</source>
        <translation>Giá trị khác</translation>
    </message>
    <message numerus="yes">
        <source>The value is kept in all %n chosen conflicts of this field.</source>
        <translation>
            <numerusform>Giá trị này được giữ trong cả %n xung đột đã chọn của trường này.</numerusform>
        </translation>
    </message>
    <message>
        <source>At central</source>
        <translation>Tại trung tâm</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Của tôi</translation>
    </message>
    <message>
        <source>Keep this value</source>
        <translation>Giữ giá trị này</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>This field must be filled in.</source>
        <translation>Trường này bắt buộc phải nhập.</translation>
    </message>
    <message>
        <source>Personal data are locked: lock the screen and sign in to open them.</source>
        <translation>Dữ liệu cá nhân đang khóa: hãy khóa màn hình và đăng nhập để mở.</translation>
    </message>
</context>
<context>
    <name>ioc::Desktop</name>
    <message numerus="yes">
        <source>The local data were damaged and are fetched anew from central. %n change(s) not yet sent were rescued.</source>
        <translation>
            <numerusform>Dữ liệu trên máy bị hỏng và đang được tải lại từ trung tâm. Đã cứu được %n thay đổi chưa gửi.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is signed in on this device. Give --account and --password-file.</source>
        <translation>Chưa ai đăng nhập trên máy này. Hãy cho --account và --password-file.</translation>
    </message>
    <message>
        <source>This device does not know its center yet. Start once with --server https://host:port --ca ca.pem.</source>
        <translation>Máy này chưa biết trung tâm của mình. Hãy khởi động một lần với --server https://máy:cổng --ca ca.pem.</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>Ngôn ngữ sẽ đổi khi khởi động lại chương trình.</translation>
    </message>
    <message>
        <source>Tourism IOC</source>
        <translation>Tourism IOC</translation>
    </message>
    <message>
        <source>Your password is changed.</source>
        <translation>Đã đổi mật khẩu.</translation>
    </message>
    <message>
        <source>Without a connection, sign in with your account&apos;s name and the PIN of this device.</source>
        <translation>Khi mất kết nối, hãy đăng nhập bằng tên tài khoản và mã PIN của thiết bị này.</translation>
    </message>
    <message>
        <source>Your center does not allow signing in without central, so this device keeps no PIN.</source>
        <translation>Trung tâm của bạn không cho phép đăng nhập khi không có máy chủ trung tâm, nên thiết bị này không lưu mã PIN.</translation>
    </message>
    <message>
        <source>The PIN of this device is set.</source>
        <translation>Đã đặt mã PIN của thiết bị này.</translation>
    </message>
    <message>
        <source>Central cannot be reached: personal data stay locked until you sign in.</source>
        <translation>Không kết nối được máy chủ trung tâm: dữ liệu cá nhân vẫn khóa cho đến khi bạn đăng nhập.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Đăng nhập</translation>
    </message>
</context>
<context>
    <name>ioc::DevicePane</name>
    <message>
        <source>Revoke…</source>
        <translation>Thu hồi…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Khôi phục…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Làm mới</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Thiết bị</translation>
    </message>
    <message>
        <source>Nobody has signed in on a device yet.</source>
        <translation>Chưa có ai đăng nhập trên máy nào.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Thiết bị</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Mã</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Người dùng</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Lần cuối hoạt động</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Phiên bản</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Revoked on %1</source>
        <translation>Thu hồi lúc %1</translation>
    </message>
    <message>
        <source>Revoked on %1 by %2</source>
        <translation>Thu hồi lúc %1, bởi %2</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>Máy này</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>Đang dùng</translation>
    </message>
    <message>
        <source>Revoke the device</source>
        <translation>Thu hồi thiết bị</translation>
    </message>
    <message>
        <source>Revoke “%1” (%2)? Whoever works there is signed out at once, and nothing is shown there any more. Nothing is deleted: work not yet sent stays there and is sent if the device is restored.</source>
        <translation>Thu hồi “%1” (%2)? Người đang làm việc trên máy bị đăng xuất ngay và máy không còn hiển thị gì nữa. Không có gì bị xóa: việc chưa gửi vẫn nằm trên máy và sẽ được gửi nếu máy được khôi phục.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Thu hồi</translation>
    </message>
    <message>
        <source>The device is revoked.</source>
        <translation>Đã thu hồi thiết bị.</translation>
    </message>
    <message>
        <source>Restore the device</source>
        <translation>Khôi phục thiết bị</translation>
    </message>
    <message>
        <source>Let “%1” (%2) be used again? Somebody has to sign in there; then work that was not sent is sent.</source>
        <translation>Cho “%1” (%2) dùng lại? Phải có người đăng nhập trên máy đó; khi ấy việc chưa gửi sẽ được gửi.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Khôi phục</translation>
    </message>
    <message>
        <source>The device may be used again.</source>
        <translation>Thiết bị lại dùng được.</translation>
    </message>
</context>
<context>
    <name>ioc::DockTitle</name>
    <message>
        <source>Close this pane; Settings, Panes brings it back</source>
        <translation>Đóng khung này; mở lại ở Thiết lập, Khung</translation>
    </message>
    <message>
        <source>Close “%1”</source>
        <translation>Đóng “%1”</translation>
    </message>
    <message>
        <source>Put back into the window</source>
        <translation>Đưa trở lại cửa sổ chính</translation>
    </message>
    <message>
        <source>Show in a window of its own</source>
        <translation>Mở trong cửa sổ riêng</translation>
    </message>
</context>
<context>
    <name>ioc::EntryDialog</name>
    <message>
        <source>Change and send again: %1</source>
        <translation>Sửa và gửi lại: %1</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Gửi lại</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
</context>
<context>
    <name>ioc::EntryPane</name>
    <message>
        <source>The change in full</source>
        <translation>Toàn bộ thay đổi</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>Cách ly</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Hàng chờ gửi</translation>
    </message>
    <message>
        <source>Nothing was refused. A change that central refuses is kept here until you send it again or discard it.</source>
        <translation>Không có gì bị từ chối. Thay đổi bị trung tâm từ chối được giữ ở đây cho đến khi bạn gửi lại hoặc loại bỏ.</translation>
    </message>
    <message>
        <source>Everything was sent. What you change with no network waits here.</source>
        <translation>Mọi thứ đã được gửi. Những gì bạn thay đổi khi không có mạng sẽ chờ ở đây.</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Gửi lại</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Gửi ngay</translation>
    </message>
    <message>
        <source>Change and send again…</source>
        <translation>Sửa và gửi lại…</translation>
    </message>
    <message>
        <source>Edit the record…</source>
        <translation>Sửa bản ghi…</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Loại bỏ</translation>
    </message>
    <message>
        <source>Undo discarding</source>
        <translation>Hoàn tác loại bỏ</translation>
    </message>
    <message>
        <source>Export chosen…</source>
        <translation>Xuất mục đã chọn…</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>Xuất tất cả…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Nhập…</translation>
    </message>
    <message numerus="yes">
        <source>%n sent again</source>
        <translation>
            <numerusform>Đã gửi lại %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Only a new record or an edit can be changed. Take the step again instead.</source>
        <translation>Chỉ có thể sửa lại việc thêm mới hoặc chỉnh sửa. Với bước xử lý, hãy thực hiện lại bước đó.</translation>
    </message>
    <message>
        <source>The record of this change is not here any more. Discard the change, or export it for the record&apos;s unit.</source>
        <translation>Bản ghi của thay đổi này không còn ở đây. Hãy loại bỏ thay đổi, hoặc xuất ra cho đơn vị quản lý bản ghi.</translation>
    </message>
    <message>
        <source>Sent again as changed</source>
        <translation>Đã gửi lại theo nội dung sửa</translation>
    </message>
    <message numerus="yes">
        <source>%n discarded; until the program ends they can be brought back</source>
        <translation>
            <numerusform>Đã loại bỏ %n; có thể lấy lại cho đến khi đóng chương trình</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message numerus="yes">
        <source>%n brought back</source>
        <translation>
            <numerusform>Đã lấy lại %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n left as they are: %2</source>
        <translation>
            <numerusform>%1; %n giữ nguyên: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Export changes</source>
        <translation>Xuất thay đổi</translation>
    </message>
    <message>
        <source>Changes of Tourism IOC (*.%1)</source>
        <translation>Thay đổi của Tourism IOC (*.%1)</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Đang xuất…</translation>
    </message>
    <message numerus="yes">
        <source>%n changes written to %1. They stay here as well.</source>
        <translation>
            <numerusform>Đã ghi %n thay đổi vào %1. Chúng vẫn được giữ ở đây.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import changes</source>
        <translation>Nhập thay đổi</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Mọi tệp (*)</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Đang nhập…</translation>
    </message>
    <message>
        <source>Stopped: a part was imported. Import the file again for the rest; nothing is taken twice.</source>
        <translation>Đã dừng: một phần đã được nhập. Nhập lại tệp để lấy phần còn lại; không có gì bị nhập hai lần.</translation>
    </message>
    <message>
        <source>Import it all the same? Changes that central cannot take come to quarantine.</source>
        <translation>Vẫn nhập? Những thay đổi trung tâm không nhận được sẽ vào mục cách ly.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Nhập</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message numerus="yes">
        <source>%n imported</source>
        <translation>
            <numerusform>Đã nhập %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them made by %1: they wait until that account signs in here</source>
        <translation>
            <numerusform>%n trong số đó do %1 thực hiện: chờ đến khi tài khoản đó đăng nhập tại đây</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in quarantine</source>
        <translation>
            <numerusform>%n vào cách ly</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known already</source>
        <translation>
            <numerusform>%n đã có từ trước</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::EntryTable</name>
    <message>
        <source>Search…</source>
        <translation>Tìm kiếm…</translation>
    </message>
    <message>
        <source>Search in this list</source>
        <translation>Tìm trong danh sách này</translation>
    </message>
    <message>
        <source>Kind of record</source>
        <translation>Loại bản ghi</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Mọi loại</translation>
    </message>
    <message>
        <source>Nothing found. Change the search or the kind of record.</source>
        <translation>Không tìm thấy. Hãy đổi từ khóa hoặc loại bản ghi.</translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n mục</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::FieldEditor</name>
    <message>
        <source>Choose a day</source>
        <translation>Chọn ngày</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Chọn…</translation>
    </message>
</context>
<context>
    <name>ioc::FilterBar</name>
    <message>
        <source>Search…</source>
        <translation>Tìm kiếm…</translation>
    </message>
    <message>
        <source>Search in %1</source>
        <translation>Tìm trong %1</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Xóa lọc</translation>
    </message>
    <message>
        <source>Show all records again</source>
        <translation>Hiện lại tất cả bản ghi</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Bộ lọc</translation>
    </message>
</context>
<context>
    <name>ioc::IndicatorCard</name>
    <message>
        <source>down %1</source>
        <translation>giảm %1</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>tăng %1</translation>
    </message>
    <message>
        <source>as of %1</source>
        <translation>cập nhật lúc %1</translation>
    </message>
</context>
<context>
    <name>ioc::IndicatorEvaluator</name>
    <message>
        <source>There is no indicator “%1”.</source>
        <translation>Không có chỉ tiêu “%1”.</translation>
    </message>
    <message>
        <source>average of this weekday, up to this hour</source>
        <translation>trung bình cùng thứ, đến cùng giờ</translation>
    </message>
    <message numerus="yes">
        <source>%n answered, %1 more in time after an extension</source>
        <translation>
            <numerusform>%n phản ánh đã trả lời, thêm %1 đúng hạn nhờ gia hạn</numerusform>
        </translation>
    </message>
    <message>
        <source>same months last year</source>
        <translation>cùng kỳ năm trước</translation>
    </message>
    <message>
        <source>same month last year</source>
        <translation>cùng tháng năm trước</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 đến %2</translation>
    </message>
    <message numerus="yes">
        <source>%n market(s) added up</source>
        <translation>
            <numerusform>cộng %n thị trường</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::IndicatorPane</name>
    <message>
        <source>No complaints in the last 30 days.</source>
        <translation>Không có phản ánh nào trong 30 ngày qua.</translation>
    </message>
    <message>
        <source>No arrival figures yet. Import them in the catalogue.</source>
        <translation>Chưa có số liệu khách đến. Hãy nhập trong danh mục.</translation>
    </message>
    <message>
        <source>Complaints by day</source>
        <translation>Phản ánh theo ngày</translation>
    </message>
    <message>
        <source>Complaints by category, 30 days</source>
        <translation>Phản ánh theo lĩnh vực, 30 ngày</translation>
    </message>
    <message>
        <source>Arrivals by month and market</source>
        <translation>Khách đến theo tháng và thị trường</translation>
    </message>
    <message>
        <source>complaints</source>
        <translation>phản ánh</translation>
    </message>
    <message>
        <source>arrivals</source>
        <translation>lượt khách</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>Chưa có dữ liệu</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Tổng cộng</translation>
    </message>
</context>
<context>
    <name>ioc::LockCover</name>
    <message>
        <source>Sign in as another person</source>
        <translation>Đăng nhập bằng tài khoản khác</translation>
    </message>
    <message>
        <source>Tourism IOC</source>
        <translation>Tourism IOC</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Tài khoản</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Đã khóa màn hình</translation>
    </message>
    <message>
        <source>%1, enter your password to go on. Synchronisation continues meanwhile.</source>
        <translation>%1, hãy nhập mật khẩu để tiếp tục. Trong lúc này dữ liệu vẫn được đồng bộ.</translation>
    </message>
    <message>
        <source>This device has been revoked</source>
        <translation>Máy này đã bị thu hồi</translation>
    </message>
    <message>
        <source>An administrator has revoked this device, so that nobody works on it. Nothing was deleted: what is not sent yet stays here and is sent once the device is restored.

Ask an administrator of your center to restore it; then sign in.</source>
        <translation>Quản trị viên đã thu hồi máy này nên không ai làm việc trên máy được. Không có gì bị xóa: những gì chưa gửi vẫn nằm ở đây và sẽ được gửi khi máy được khôi phục.

Hãy nhờ quản trị viên của trung tâm khôi phục máy, rồi đăng nhập.</translation>
    </message>
    <message>
        <source>What is open stays open for whoever signs in. Work not yet sent by the person before waits for that person.</source>
        <translation>Những gì đang mở vẫn mở cho người đăng nhập tiếp theo. Việc người trước chưa gửi được giữ lại chờ người đó.</translation>
    </message>
    <message>
        <source>Enter your account.</source>
        <translation>Hãy nhập tên tài khoản.</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>Hãy nhập mật khẩu.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Đang kiểm tra…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Đăng nhập</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Mở khóa</translation>
    </message>
    <message>
        <source>%1, enter the PIN of this device or your password to go on. Synchronisation continues meanwhile.</source>
        <translation>%1, hãy nhập mã PIN của thiết bị này hoặc mật khẩu để tiếp tục. Việc đồng bộ vẫn diễn ra.</translation>
    </message>
    <message>
        <source>PIN or password</source>
        <translation>Mã PIN hoặc mật khẩu</translation>
    </message>
</context>
<context>
    <name>ioc::MainWindow</name>
    <message>
        <source>Tourism IOC</source>
        <translation>Tourism IOC</translation>
    </message>
    <message>
        <source>Indicators</source>
        <translation>Chỉ tiêu</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>Phản ánh</translation>
    </message>
    <message>
        <source>Complaint queue</source>
        <translation>Hàng đợi phản ánh</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Không gian làm việc</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Điều hành</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Danh mục</translation>
    </message>
    <message>
        <source>Synchronisation</source>
        <translation>Đồng bộ</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Thiết lập</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Giao diện</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Theo hệ thống</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Ngôn ngữ</translation>
    </message>
    <message>
        <source>Panes</source>
        <translation>Các khung</translation>
    </message>
    <message>
        <source>Arrange as at first</source>
        <translation>Sắp xếp như ban đầu</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Đồng bộ ngay</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Đăng xuất</translation>
    </message>
    <message>
        <source>Saved on this device</source>
        <translation>Đã lưu trên máy này</translation>
    </message>
    <message>
        <source>Choose a complaint first: the image is kept with it.</source>
        <translation>Hãy chọn một phản ánh trước: ảnh được lưu kèm phản ánh.</translation>
    </message>
    <message>
        <source>Image saved to the complaint</source>
        <translation>Đã lưu ảnh vào phản ánh</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Hoàn tác</translation>
    </message>
    <message>
        <source>The earlier values are back</source>
        <translation>Đã khôi phục các giá trị trước đó</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Quản trị</translation>
    </message>
    <message>
        <source>Lock after</source>
        <translation>Tự khóa sau</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n phút</numerusform>
        </translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Khóa ngay</translation>
    </message>
    <message>
        <source>Change the password…</source>
        <translation>Đổi mật khẩu…</translation>
    </message>
    <message>
        <source>Image from camera “%1”: %2</source>
        <translation>Ảnh từ camera “%1”: %2</translation>
    </message>
    <message>
        <source>PIN of this device…</source>
        <translation>Mã PIN của thiết bị này…</translation>
    </message>
</context>
<context>
    <name>ioc::MapFormat</name>
    <message>
        <source>%1° S</source>
        <comment>southern latitude</comment>
        <translation>%1° N</translation>
    </message>
    <message>
        <source>%1° N</source>
        <comment>northern latitude</comment>
        <translation>%1° B</translation>
    </message>
    <message>
        <source>%1° W</source>
        <comment>western longitude</comment>
        <translation>%1° T</translation>
    </message>
    <message>
        <source>%1° E</source>
        <comment>eastern longitude</comment>
        <translation>%1° Đ</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
</context>
<context>
    <name>ioc::MapLegend</name>
    <message>
        <source>Layers</source>
        <translation>Lớp bản đồ</translation>
    </message>
    <message>
        <source>Show or hide the list of layers</source>
        <translation>Hiện hoặc ẩn danh sách lớp</translation>
    </message>
</context>
<context>
    <name>ioc::MapNotice</name>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>ioc::MapSearch</name>
    <message>
        <source>Nothing found</source>
        <translation>Không tìm thấy</translation>
    </message>
    <message>
        <source>Find a place</source>
        <translation>Tìm địa điểm</translation>
    </message>
</context>
<context>
    <name>ioc::MapWidget</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n địa điểm</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>layer and number of places</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>no street map of this place</source>
        <translation>chưa có bản đồ đường phố ở đây</translation>
    </message>
</context>
<context>
    <name>ioc::MapZoomBar</name>
    <message>
        <source>Zoom in</source>
        <translation>Phóng to</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Thu nhỏ</translation>
    </message>
    <message>
        <source>Show the whole area</source>
        <translation>Xem toàn vùng</translation>
    </message>
</context>
<context>
    <name>ioc::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Đóng thông báo này</translation>
    </message>
</context>
<context>
    <name>ioc::NearbyWidget</name>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
</context>
<context>
    <name>ioc::OsmExtract</name>
    <message>
        <source>“%1” does not exist. Check the path of the extract.</source>
        <translation>“%1” không tồn tại. Hãy kiểm tra đường dẫn của tệp trích.</translation>
    </message>
    <message>
        <source>There is no room for temporary files. Make room and try again.</source>
        <translation>Không còn chỗ cho tệp tạm. Hãy giải phóng dung lượng rồi thử lại.</translation>
    </message>
    <message>
        <source>The extract holds no roads. Choose an extract of an inhabited area.</source>
        <translation>Tệp trích không có đường nào. Hãy chọn khu vực có dân cư.</translation>
    </message>
    <message>
        <source>The program ogr2ogr is missing. Install it (package gdal-bin).</source>
        <translation>Thiếu chương trình ogr2ogr. Hãy cài đặt (gói gdal-bin).</translation>
    </message>
    <message>
        <source>Stopped. Nothing was kept.</source>
        <translation>Đã dừng. Không giữ lại gì.</translation>
    </message>
    <message>
        <source>The extract cannot be read. Is it a whole .osm.pbf file? Download it again.</source>
        <translation>Không đọc được tệp trích. Tệp .osm.pbf có nguyên vẹn không? Hãy tải lại.</translation>
    </message>
</context>
<context>
    <name>ioc::OutboxModel</name>
    <message>
        <source>Waits to be sent</source>
        <translation>Chờ gửi</translation>
    </message>
    <message>
        <source>Waits for an earlier change</source>
        <translation>Chờ thay đổi trước đó</translation>
    </message>
    <message>
        <source>Taken by central</source>
        <translation>Trung tâm đã nhận</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Việc</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Bản ghi</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Thay đổi</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Lúc</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Refused by central, which gave no reason</source>
        <translation>Trung tâm từ chối, không nêu lý do</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Người thực hiện</translation>
    </message>
    <message>
        <source>Why it was refused</source>
        <translation>Lý do bị từ chối</translation>
    </message>
</context>
<context>
    <name>ioc::PasswordDialog</name>
    <message>
        <source>Change the password</source>
        <translation>Đổi mật khẩu</translation>
    </message>
    <message>
        <source>This password is good for one sign-in. Choose one of your own to go on.</source>
        <translation>Mật khẩu này chỉ dùng một lần. Hãy chọn mật khẩu của riêng bạn để tiếp tục.</translation>
    </message>
    <message>
        <source>Other devices where you are signed in will ask for the new password.</source>
        <translation>Các máy khác bạn đang đăng nhập sẽ hỏi mật khẩu mới.</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>Mật khẩu hiện tại</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Mật khẩu mới</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>Nhập lại mật khẩu mới</translation>
    </message>
    <message>
        <source>At least 12 characters; several words make a good password. It may not be your account&apos;s name or a common one.</source>
        <translation>Ít nhất 12 ký tự; vài từ ghép lại là một mật khẩu tốt. Không được trùng tên tài khoản hoặc là mật khẩu thông dụng.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Để sau</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>The new password is not the same both times.</source>
        <translation>Mật khẩu mới nhập hai lần không giống nhau.</translation>
    </message>
</context>
<context>
    <name>ioc::PasswordShown</name>
    <message>
        <source>New password</source>
        <translation>Mật khẩu mới</translation>
    </message>
    <message>
        <source>New password of the account “%1”. It is shown only now, is good for one sign-in, and has to be changed then. All devices of this account are signed out.</source>
        <translation>Mật khẩu mới của tài khoản “%1”. Mật khẩu chỉ hiện một lần này, dùng cho một lần đăng nhập và phải đổi ngay sau đó. Mọi máy của tài khoản này đã bị đăng xuất.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Sao chép</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Đã sao chép</translation>
    </message>
</context>
<context>
    <name>ioc::PeriodCanvas</name>
    <message>
        <source>Month %1</source>
        <translation>Tháng %1</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Tổng cộng</translation>
    </message>
</context>
<context>
    <name>ioc::PersonalCover</name>
    <message>
        <source>Show</source>
        <translation>Hiện</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>Hiện: %1</translation>
    </message>
    <message>
        <source>Personal data. Who looks at them, and when, is kept in the audit journal.</source>
        <translation>Dữ liệu cá nhân. Ai xem và xem lúc nào đều được ghi vào nhật ký kiểm toán.</translation>
    </message>
    <message>
        <source>Personal data are locked: lock the screen and sign in to open them.</source>
        <translation>Dữ liệu cá nhân đang khóa: hãy khóa màn hình và đăng nhập để mở.</translation>
    </message>
</context>
<context>
    <name>ioc::PinDialog</name>
    <message>
        <source>PIN of this device</source>
        <translation>Mã PIN của thiết bị này</translation>
    </message>
    <message numerus="yes">
        <source>With a PIN you unlock this device and, for up to %n day(s), sign in on it when the network is away: enter it in place of a password. It is good on this device alone.</source>
        <translation>
            <numerusform>Mã PIN dùng để mở khóa thiết bị này và để đăng nhập khi mất mạng, tối đa %n ngày: hãy nhập mã PIN thay cho mật khẩu. Mã chỉ có giá trị trên thiết bị này.</numerusform>
        </translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>Mã PIN</translation>
    </message>
    <message>
        <source>PIN again</source>
        <translation>Nhập lại mã PIN</translation>
    </message>
    <message>
        <source>At least %1 digits or letters; no date, nothing in a row.</source>
        <translation>Ít nhất %1 chữ số hoặc chữ cái; không dùng ngày tháng hay dãy liên tiếp.</translation>
    </message>
    <message>
        <source>Set the PIN</source>
        <translation>Đặt mã PIN</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Để sau</translation>
    </message>
    <message>
        <source>The PIN is not the same both times.</source>
        <translation>Hai lần nhập mã PIN không giống nhau.</translation>
    </message>
</context>
<context>
    <name>ioc::ProviderWidget</name>
    <message>
        <source>Sign in with the city&apos;s account</source>
        <translation>Đăng nhập bằng tài khoản thành phố</translation>
    </message>
    <message>
        <source>Open the browser again</source>
        <translation>Mở lại trình duyệt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message numerus="yes">
        <source>Sign in in the browser that has opened, within %n minute(s). This window then goes on by itself.</source>
        <translation>
            <numerusform>Hãy đăng nhập trên trình duyệt vừa mở trong vòng %n phút. Sau đó cửa sổ này tự tiếp tục.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::RecordDialog</name>
    <message>
        <source>New: %1</source>
        <translation>Thêm: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Lưu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Close without saving? What you wrote here will be lost.</source>
        <translation>Đóng mà không lưu? Nội dung bạn vừa nhập sẽ mất.</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Tiếp tục nhập</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Đóng không lưu</translation>
    </message>
    <message>
        <source>* must be filled in</source>
        <translation>* bắt buộc điền</translation>
    </message>
</context>
<context>
    <name>ioc::RecordForm</name>
    <message>
        <source>Latitude, longitude in degrees, such as 10.7769, 106.7009</source>
        <translation>Vĩ độ, kinh độ tính bằng độ, ví dụ 10.7769, 106.7009</translation>
    </message>
</context>
<context>
    <name>ioc::RecordTableModel</name>
    <message>
        <source>(provisional)</source>
        <translation>(số tạm)</translation>
    </message>
</context>
<context>
    <name>ioc::RecordTableWidget</name>
    <message>
        <source>No records found. Change the search or the filters.</source>
        <translation>Không tìm thấy bản ghi nào. Hãy đổi từ khóa hoặc bộ lọc.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Hiện tất cả</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Thử lại</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n bản ghi</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ioc::ReferenceEdit</name>
    <message>
        <source>Type part of the name…</source>
        <translation>Gõ một phần tên…</translation>
    </message>
    <message>
        <source>Choose one from the list, or clear the field.</source>
        <translation>Hãy chọn trong danh sách hoặc để trống.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Không tìm thấy</translation>
    </message>
</context>
<context>
    <name>ioc::Renderer</name>
    <message>
        <source>The font Noto Sans is missing. Install it (package fonts-noto-core) or name its folder with --fonts.</source>
        <translation>Thiếu phông Noto Sans. Hãy cài đặt (gói fonts-noto-core) hoặc chỉ thư mục bằng --fonts.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was kept.</source>
        <translation>Đã dừng. Không giữ lại gì.</translation>
    </message>
    <message>
        <source>The map could not be drawn: %1</source>
        <translation>Không vẽ được bản đồ: %1</translation>
    </message>
</context>
<context>
    <name>ioc::RowPane</name>
    <message>
        <source>Filter…</source>
        <translation>Lọc…</translation>
    </message>
    <message>
        <source>Filter this list</source>
        <translation>Lọc danh sách này</translation>
    </message>
    <message>
        <source>This list is kept at central, which cannot be reached at the moment. What is shown is from the last time.</source>
        <translation>Danh sách này nằm ở máy chủ trung tâm, hiện không nối được. Nội dung đang hiển thị là của lần trước.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Thử lại</translation>
    </message>
    <message>
        <source>Nothing found. Change the filter.</source>
        <translation>Không tìm thấy. Hãy đổi điều kiện lọc.</translation>
    </message>
    <message>
        <source>This list needs central, which cannot be reached at the moment.</source>
        <translation>Danh sách này cần máy chủ trung tâm, hiện không nối được.</translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n mục</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n entries</source>
        <translation>
            <numerusform>%1 trong %n mục</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
</context>
<context>
    <name>ioc::SignInDialog</name>
    <message>
        <source>Sign in</source>
        <translation>Đăng nhập</translation>
    </message>
    <message>
        <source>Tourism IOC: sign in</source>
        <translation>Tourism IOC: đăng nhập</translation>
    </message>
    <message>
        <source>Tourism operations center</source>
        <translation>Trung tâm điều hành du lịch</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Tài khoản</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Đang đăng nhập…</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Hiện mật khẩu</translation>
    </message>
    <message>
        <source>Central server: %1</source>
        <translation>Máy chủ trung tâm: %1</translation>
    </message>
    <message>
        <source>Enter your account.</source>
        <translation>Hãy nhập tên tài khoản.</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>Hãy nhập mật khẩu.</translation>
    </message>
    <message>
        <source>The central server cannot be reached. Check the network, then try again; if it lasts, call the administrator.</source>
        <translation>Không kết nối được máy chủ trung tâm. Hãy kiểm tra mạng rồi thử lại; nếu vẫn không được, hãy báo quản trị viên.</translation>
    </message>
</context>
<context>
    <name>ioc::StatusLine</name>
    <message>
        <source>Signed out</source>
        <translation>Đã đăng xuất</translation>
    </message>
    <message>
        <source>Offline: work goes on</source>
        <translation>Ngoại tuyến: vẫn làm việc được</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Đang kết nối…</translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation>Đang đồng bộ…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Đã kết nối</translation>
    </message>
    <message>
        <source>Last sync: %1</source>
        <translation>Đồng bộ lần cuối: %1</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Hàng chờ gửi</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Xung đột</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>Cách ly</translation>
    </message>
    <message>
        <source>Progress of fetching the records</source>
        <translation>Tiến độ tải bản ghi</translation>
    </message>
    <message>
        <source>Central prepares the records: %1</source>
        <translation>Trung tâm đang chuẩn bị bản ghi: %1</translation>
    </message>
    <message>
        <source>Fetching the records: %1 (%2 of %3)</source>
        <translation>Đang tải bản ghi: %1 (%2 / %3)</translation>
    </message>
    <message>
        <source>Unpacking the records: %1</source>
        <translation>Đang giải nén bản ghi: %1</translation>
    </message>
    <message>
        <source>Taking the records in…</source>
        <translation>Đang đưa bản ghi vào máy…</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1, còn %2</translation>
    </message>
</context>
<context>
    <name>ioc::StepDialog</name>
    <message>
        <source>Reason (required)</source>
        <translation>Lý do (bắt buộc)</translation>
    </message>
    <message>
        <source>Note for the timeline (optional)</source>
        <translation>Ghi chú vào diễn biến (không bắt buộc)</translation>
    </message>
    <message>
        <source>Note for the timeline</source>
        <translation>Ghi chú vào diễn biến</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Write the reason: it stays in the timeline.</source>
        <translation>Hãy ghi lý do: nội dung này được lưu trong dòng thời gian.</translation>
    </message>
    <message>
        <source>This field must be filled in.</source>
        <translation>Trường này bắt buộc phải điền.</translation>
    </message>
</context>
<context>
    <name>ioc::SynchronisationPage</name>
    <message>
        <source>Outbox</source>
        <translation>Hàng chờ gửi</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>Cách ly</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Xung đột</translation>
    </message>
</context>
<context>
    <name>ioc::TilePack</name>
    <message>
        <source>The map pack “%1” is damaged. The map goes on without it; make the pack anew or copy it again.</source>
        <translation>Gói bản đồ “%1” bị hỏng. Bản đồ vẫn hiển thị không có gói này; hãy tạo lại hoặc chép lại gói.</translation>
    </message>
    <message>
        <source>The map pack “%1” is missing. Choose another one in the settings.</source>
        <translation>Thiếu gói bản đồ “%1”. Hãy chọn gói khác trong thiết lập.</translation>
    </message>
    <message>
        <source>The map pack “%1” cannot be read. Check who may read the file.</source>
        <translation>Không đọc được gói bản đồ “%1”. Hãy kiểm tra quyền đọc tệp.</translation>
    </message>
    <message>
        <source>The map pack “%1” does not hold pictures (PNG or JPEG). Choose a raster map pack.</source>
        <translation>Gói bản đồ “%1” không chứa ảnh (PNG hoặc JPEG). Hãy chọn gói bản đồ dạng ảnh.</translation>
    </message>
</context>
<context>
    <name>ioc::TilePackWriter</name>
    <message>
        <source>“%1” cannot be written. Check the folder, the free space and who may write there.</source>
        <translation>Không ghi được “%1”. Hãy kiểm tra thư mục, dung lượng và quyền ghi.</translation>
    </message>
</context>
<context>
    <name>ioc::TileService</name>
    <message>
        <source>The map cannot be shown: no local port is free. Close other programs and start again.</source>
        <translation>Không hiển thị được bản đồ: không còn cổng nội bộ trống. Hãy đóng bớt chương trình rồi khởi động lại.</translation>
    </message>
</context>
<context>
    <name>ioc::TimeSeriesChart</name>
    <message>
        <source>There are no figures for this period yet.</source>
        <translation>Chưa có số liệu cho kỳ này.</translation>
    </message>
</context>
<context>
    <name>ioc::TimelineWidget</name>
    <message>
        <source> · not sent yet</source>
        <translation> · chưa gửi</translation>
    </message>
</context>
<context>
    <name>ioc::WorkBar</name>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>light or dark.</source>
        <translation>light (sáng) hoặc dark (tối).</translation>
    </message>
    <message>
        <source>Language of names: vi or en.</source>
        <translation>Ngôn ngữ của tên: vi hoặc en.</translation>
    </message>
    <message>
        <source>Zoom levels, for example 0-9.</source>
        <translation>Mức thu phóng, ví dụ 0-9.</translation>
    </message>
    <message>
        <source>Threads that draw.</source>
        <translation>Số luồng vẽ.</translation>
    </message>
    <message>
        <source>Folder of Noto Sans.</source>
        <translation>Thư mục phông Noto Sans.</translation>
    </message>
    <message>
        <source>Makes map packs (MBTiles) for Tourism IOC.
  tourism-ioc-mappack basemap OUT.mbtiles           seas, countries, provinces and islands
  tourism-ioc-mappack osm EXTRACT.osm.pbf OUT.mbtiles   streets of an OpenStreetMap extract</source>
        <translation>Tạo gói bản đồ (MBTiles) cho Tourism IOC.
  tourism-ioc-mappack basemap OUT.mbtiles           biển, quốc gia, tỉnh thành và đảo
  tourism-ioc-mappack osm EXTRACT.osm.pbf OUT.mbtiles   đường phố từ tệp trích OpenStreetMap</translation>
    </message>
</context>
</TS>
