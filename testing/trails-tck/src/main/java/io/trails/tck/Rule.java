package io.trails.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which numbered rules of the provider SPI a test checks. The number is shown in front of the test's name. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Rule {
    /**
     * The numbers, as in the Javadoc of {@code io.trails.spi}.
     *
     * @return such as {@code W-03}
     */
    String[] value();
}
