package dev.sluice.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.image.Image;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** The pictures of the title bar. */
@ExtendWith(ApplicationExtension.class)
class WindowIconsTest {

    @Test
    void comeInTheSizesThatTitleBarsAndTaskBarsShow() throws Exception {
        List<Image> icons = WaitForAsyncUtils.asyncFx(WindowIcons::load).get(30, TimeUnit.SECONDS);
        assertThat(icons)
                .extracting(Image::getWidth)
                .containsExactly(16.0, 24.0, 32.0, 48.0, 64.0, 128.0);
        assertThat(icons).noneMatch(Image::isError);
    }
}
