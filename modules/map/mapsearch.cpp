// SPDX-License-Identifier: GPL-3.0-or-later
#include <map/mapsearch.h>

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ioc {

namespace {

constexpr int pause = 180; // ms after the last key
constexpr int rowsShown = 8;
constexpr int detailRole = Qt::UserRole;

/// A hit in two lines: its name, and below it, smaller and fainter, what it is.
class HitDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int below = index.data(detailRole).toString().isEmpty() ? 0 : QFontMetrics(smaller(option.font)).height();
        return {option.rect.width(), option.fontMetrics.height() + below + 2 * margin};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item(option);
        initStyleOption(&item, index);
        const QString title = std::exchange(item.text, {});
        const QString detail = index.data(detailRole).toString();
        item.widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
        painter->save();
        QRect line = option.rect.adjusted(side, margin, -side, 0);
        line.setHeight(option.fontMetrics.height());
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, option.fontMetrics.elidedText(title, Qt::ElideRight, line.width()));
        const QFont small = smaller(option.font);
        const QFontMetrics metrics(small);
        line.moveTop(line.bottom() + 1);
        line.setHeight(metrics.height());
        painter->setFont(small);
        painter->setPen(option.palette.color(QPalette::PlaceholderText));
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(detail, Qt::ElideRight, line.width()));
        painter->restore();
    }

private:
    static constexpr int margin = 4;
    static constexpr int side = 8;

    static QFont smaller(QFont font)
    {
        if (font.pixelSize() > 0)
            font.setPixelSize(font.pixelSize() * 7 / 8);
        else
            font.setPointSizeF(font.pointSizeF() * 7 / 8);
        return font;
    }
};

} // namespace

MapSearch::MapSearch(QWidget *parent)
    : MapPanel(parent)
    , m_line(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(2);
    layout->addWidget(m_line);
    layout->addWidget(m_list);
    setFixedWidth(300);
    m_line->setFrame(false);
    m_line->setClearButtonEnabled(true);
    m_line->installEventFilter(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus); // keys stay with the line
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(false);
    m_list->setItemDelegate(new HitDelegate(m_list));
    m_list->hide();
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(m_line, &QLineEdit::textEdited, this, [this] { m_pause.start(); });
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.trimmed().isEmpty())
            close();
    });
    connect(&m_pause, &QTimer::timeout, this, &MapSearch::search);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) { choose(m_list->row(item)); });
    retranslate();
    hide();
}

void MapSearch::setProvider(Provider provider)
{
    m_provider = std::move(provider);
    setVisible(bool(m_provider));
    adjustSize();
}

void MapSearch::setTheme(const MapTheme &theme)
{
    MapPanel::setTheme(theme);
    for (QWidget *child : {static_cast<QWidget *>(m_line), static_cast<QWidget *>(m_list)})
        child->setPalette(palette());
}

void MapSearch::activate()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void MapSearch::search()
{
    m_pause.stop();
    const QString text = m_line->text().trimmed();
    if (text.isEmpty() || !m_provider)
        return;
    m_provider(text).then(this, [this, turn = ++m_turn](const QList<MapSearchHit> &hits) {
        if (turn == m_turn)
            showHits(hits);
    });
}

void MapSearch::showHits(const QList<MapSearchHit> &hits)
{
    m_hits = hits;
    m_list->clear();
    for (const MapSearchHit &hit : hits) {
        auto *item = new QListWidgetItem(hit.title, m_list);
        item->setData(detailRole, hit.detail);
        item->setData(Qt::AccessibleTextRole, hit.detail.isEmpty() ? hit.title : hit.title + u", "_s + hit.detail);
        item->setToolTip(hit.title.toHtmlEscaped());
    }
    if (hits.isEmpty()) {
        auto *item = new QListWidgetItem(tr("Nothing found"), m_list);
        item->setFlags(Qt::NoItemFlags);
    } else {
        m_list->setCurrentRow(0);
    }
    m_list->show();
    fitList();
    if (std::exchange(m_chooseFirst, false) && !hits.isEmpty())
        choose(0);
}

void MapSearch::fitList()
{
    int height = 2 * m_list->frameWidth();
    for (int row = 0; row < std::min(m_list->count(), rowsShown); ++row)
        height += m_list->sizeHintForRow(row);
    m_list->setFixedHeight(height);
    adjustSize();
    raise();
}

void MapSearch::choose(int row)
{
    if (row < 0 || row >= m_hits.size())
        return;
    const MapSearchHit hit = m_hits.at(row);
    m_line->setText(hit.title);
    close();
    Q_EMIT chosen(hit);
}

void MapSearch::close()
{
    m_pause.stop();
    ++m_turn;
    m_chooseFirst = false;
    m_hits.clear();
    m_list->clear();
    m_list->hide();
    adjustSize();
}

bool MapSearch::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (!m_hits.isEmpty())
            m_list->setCurrentRow(int(std::clamp<qsizetype>(m_list->currentRow() + (key == Qt::Key_Up ? -1 : 1), 0, m_hits.size() - 1)));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_hits.isEmpty() && !m_pause.isActive()) {
            choose(m_list->currentRow());
        } else {
            m_chooseFirst = true; // the answer may be there at once
            search();
        }
        return true;
    case Qt::Key_Escape:
        close();
        m_line->clear();
        Q_EMIT left();
        return true;
    default:
        return false;
    }
}

bool MapSearch::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress && handleKey(static_cast<QKeyEvent *>(event)->key()))
        return true;
    return MapPanel::eventFilter(watched, event);
}

void MapSearch::retranslate()
{
    m_line->setPlaceholderText(tr("Find a place"));
    m_line->setAccessibleName(tr("Find a place"));
}

void MapSearch::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    MapPanel::changeEvent(event);
}

} // namespace ioc
