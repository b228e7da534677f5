// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clip.h"

#include <gst/gst.h>

#include <memory>

typedef struct _GstAppSrc GstAppSrc;

namespace ioc {

/// Hands a clip's packets to one running media's appsrc, each when it is due, round after round without end.
/// Times only ever go on, so viewers see one continuous stream.
class ClipFeed
{
public:
    /// Begins at packet \a start, a key frame. Takes a reference of \a source and sets its caps.
    ClipFeed(std::shared_ptr<const Clip> clip, qsizetype start, GstAppSrc *source);
    ~ClipFeed();
    Q_DISABLE_COPY_MOVE(ClipFeed)

    /// Pushes what is due by now; the very first picture at once, because the session's description needs it.
    void pushDue();

private:
    void pushNext();

    std::shared_ptr<const Clip> m_clip;
    GstAppSrc *m_source;
    qsizetype m_next;
    qint64 m_shift;          ///< added to the clip's times: grows by its length with every round
    bool m_begun = false;
    bool m_skipping = false; ///< the pay-loader does not keep up: wait for a key frame
};

} // namespace ioc
