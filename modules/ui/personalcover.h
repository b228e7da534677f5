// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ui/uicontext.h>

#include <QWidget>

class QLabel;
class QPushButton;

namespace ioc {

/// Whether \a value is somebody's personal data, shown to who works here only when asked for. What the role may not see whole is masked
/// already, and covered no further.
bool isCovered(const UiContext &context, const RecordType &type, const Field &field, const QCborValue &value);
/// Whether \a value cannot be seen here until somebody signs in: the store is locked.
bool isLockedAway(const Field &field, const QCborValue &value);
/// As displayText(), but for what is covered only its last characters.
QString coveredText(const UiContext &context, const RecordType &type, const Field &field, const QCborValue &value);

/// A covered value with a button to see it. That somebody did is noted first: what cannot be noted is not shown.
class PersonalCover : public QWidget
{
    Q_OBJECT

public:
    PersonalCover(UiContext &context, const RecordType &type, const Field &field, QWidget *parent = nullptr);
    void setValue(const Id &record, const QCborValue &value);

Q_SIGNALS:
    void revealed();

private:
    void reveal();

    UiContext &m_context;
    const RecordType &m_type;
    const Field &m_field;
    Id m_record;
    bool m_locked = false;
    QLabel *m_text;
    QPushButton *m_show;
};

} // namespace ioc
