package io.caracal.alert.syslog.internal;

import io.caracal.testkit.DebianPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's syslog-ng with files of its own; docs/sinks.md shows the same configuration. */
final class SyslogNg extends Receiver {
  private static final String HOME = "/usr/lib/syslog-ng";

  private final DebianPackages packages = packages("syslog-ng-core");
  private final Path configuration;

  SyslogNg(Path folder, Listen listen) throws IOException {
    super(folder);
    configuration = Files.writeString(folder.resolve("syslog-ng.conf"), written(source(listen)));
  }

  private String written(String source) {
    return """
    @version: 3.38
    options { keep-hostname(yes); log-msg-size(65536); stats-freq(0); };
    source sensors { %s };
    destination parsed {
      file("%s" template("$(format-json pri=$PRI host=$HOST app=$PROGRAM msgid=$MSGID sd=$SDATA msg=$MSG)\\n"));
    };
    log { source(sensors); destination(parsed); };
    """
        .formatted(source, output);
  }

  private String source(Listen listen) {
    String where = "transport(\"%s\") port(%d)".formatted(listen.transport(), port);
    String framed = listen.framing().equals("newline") ? "flags(syslog-protocol)" : "";
    String driver = framed.isEmpty() ? "syslog" : "network";
    String tls =
        listen.tls()
            ? "tls(cert-file(\"%s\") key-file(\"%s\") %s)"
                .formatted(
                    listen.own().certificate(),
                    listen.own().key(),
                    listen.clients() == null
                        ? "peer-verify(optional-untrusted)"
                        : "peer-verify(required-trusted) ca-file(\"" + listen.clients() + "\")")
            : "";
    return "%s(%s %s %s);".formatted(driver, where, framed, tls);
  }

  @Override
  ProcessBuilder command() {
    ProcessBuilder command =
        packages.command(
            "/usr/sbin/syslog-ng",
            "--foreground",
            "--no-caps",
            "--stderr",
            "--cfgfile=" + configuration,
            "--module-path=" + packages.file(HOME + "/3.38"),
            "--persist-file=" + folder.resolve("syslog-ng.persist"),
            "--pidfile=" + folder.resolve("syslog-ng.pid"),
            "--control=" + folder.resolve("syslog-ng.ctl"));
    command
        .environment()
        .merge("LD_LIBRARY_PATH", packages.file(HOME).toString(), (a, b) -> a + ":" + b);
    return command;
  }
}
