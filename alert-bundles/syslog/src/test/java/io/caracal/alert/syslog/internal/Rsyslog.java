package io.caracal.alert.syslog.internal;

import io.caracal.testkit.DebianPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's rsyslogd with files of its own; docs/sinks.md shows the same configuration. */
final class Rsyslog extends Receiver {
  private final DebianPackages packages = packages("rsyslog", "rsyslog-openssl");
  private final Path configuration;

  Rsyslog(Path folder, Listen listen) throws IOException {
    super(folder);
    configuration =
        Files.writeString(
            folder.resolve("rsyslog.conf"),
            "global(maxMessageSize=\"64k\" workDirectory=\"%s\")\n".formatted(folder)
                + input(listen)
                + writing());
  }

  private String writing() {
    return """
    template(name="parsed" type="list" option.jsonf="on") {
      property(outname="pri" name="pri" format="jsonf")
      property(outname="host" name="hostname" format="jsonf")
      property(outname="app" name="app-name" format="jsonf")
      property(outname="msgid" name="msgid" format="jsonf")
      property(outname="sd" name="structured-data" format="jsonf")
      property(outname="msg" name="msg" format="jsonf")
    }
    action(type="omfile" file="%s" template="parsed")
    """
        .formatted(output);
  }

  private String input(Listen listen) {
    String tcp = "input(type=\"imtcp\" port=\"" + port + "\")\n";
    return switch (listen.transport()) {
      case "udp" -> "module(load=\"imudp\")\ninput(type=\"imudp\" port=\"" + port + "\")\n";
      case "tcp" -> "module(load=\"imtcp\")\n" + tcp;
      default ->
          """
          global(defaultNetstreamDriver="ossl"
                 defaultNetstreamDriverCAFile="%s"
                 defaultNetstreamDriverCertFile="%s"
                 defaultNetstreamDriverKeyFile="%s")
          module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1"
                 streamDriver.authMode="%s")
          """
                  .formatted(
                      listen.clients() == null
                          ? listen.own().certificate().resolveSibling("ca.pem")
                          : listen.clients(),
                      listen.own().certificate(),
                      listen.own().key(),
                      listen.clients() == null ? "anon" : "x509/certvalid")
              + tcp;
    };
  }

  @Override
  ProcessBuilder command() {
    return packages.command(
        "/usr/sbin/rsyslogd",
        "-n",
        "-f",
        configuration.toString(),
        "-i",
        folder.resolve("rsyslogd.pid").toString(),
        "-M",
        packages.file("/usr/lib/*/rsyslog").toString());
  }
}
