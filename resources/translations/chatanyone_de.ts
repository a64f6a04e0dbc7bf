<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>ChatAnyone</name>
    <message>
      <location filename="appearance.py" />
      <source>&amp;Theme</source>
      <translation>&amp;Farben</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Appearance</source>
      <translation>Aussehen</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>As the system has it</source>
      <translation>Wie im System</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Lan&amp;guage</source>
      <translation>Sprac&amp;he</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Theme</source>
      <translation>Farben</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>The avatar {name!r} is damaged (fit.npz: {reason}); import it again.</source>
      <translation>Der Avatar „{name}“ ist beschädigt (fit.npz: {reason}); importieren Sie ihn neu.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>The avatar {name!r} is damaged: {file} is missing or not {width}x{height}.</source>
      <translation>Der Avatar „{name}“ ist beschädigt: {file} fehlt oder ist nicht {width}x{height}.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>The avatar {name!r} is damaged: {file}.</source>
      <translation>Der Avatar „{name}“ ist beschädigt: {file}.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>There are no avatars: the installation is incomplete, install it again.</source>
      <translation>Es sind keine Avatare da: Die Installation ist unvollständig, installieren Sie neu.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>There is no avatar named {name!r}; choose one of: {known}.</source>
      <translation>Es gibt keinen Avatar namens „{name}“; wählen Sie einen von: {known}.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>{name!r} is not a name for an avatar; choose one of: {known}.</source>
      <translation>„{name}“ ist kein Name für einen Avatar; wählen Sie einen von: {known}.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>{name} is a picture and no avatar yet; import it with `avatar import`, or choose one of: {known}.</source>
      <translation>{name} ist ein Bild und noch kein Avatar; importieren Sie es mit `avatar import`, oder wählen Sie einen von: {known}.</translation>
    </message>
    <message>
      <location filename="avatar_name.py" />
      <source>There is an avatar named {name!r} already; choose another name, or replace it (avatar import --replace).</source>
      <translation>Einen Avatar namens „{name}“ gibt es schon; wählen Sie einen anderen Namen, oder ersetzen Sie ihn (avatar import --replace).</translation>
    </message>
    <message>
      <location filename="avatar_name.py" />
      <source>{name!r} cannot be the name of an avatar; choose another one.</source>
      <translation>„{name}“ kann kein Avatar heißen; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <location filename="avatar_name.py" />
      <source>{name!r} cannot be the name of an avatar; use up to 64 letters (a to z), digits, spaces, '-' and '_', beginning with a letter or digit.</source>
      <translation>„{name}“ kann kein Avatar heißen; nehmen Sie bis zu 64 Buchstaben (a bis z), Ziffern, Leerzeichen, „-“ und „_“, mit einem Buchstaben oder einer Ziffer am Anfang.</translation>
    </message>
    <message>
      <location filename="avatar_name.py" />
      <source>{name!r} is an avatar of the gallery; choose another name.</source>
      <translation>„{name}“ ist ein Avatar der Galerie; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <location filename="avatar_page.py" />
      <source>Avatar</source>
      <translation>Avatar</translation>
    </message>
    <message>
      <location filename="avatar_page.py" />
      <source>Waking up …</source>
      <translation>Wacht auf …</translation>
    </message>
    <message>
      <location filename="avatar_page.py" />
      <source>Who shall speak for you? A picture of your own can be added later in the window.</source>
      <translation>Wer soll für Sie sprechen? Ein eigenes Bild können Sie später im Fenster hinzufügen.</translation>
    </message>
    <message>
      <location filename="avatar_picker.py" />
      <source>Avatars</source>
      <translation>Avatare</translation>
    </message>
    <message>
      <location filename="avatars.py" />
      <source>Make an avatar from a picture (or drop one here)</source>
      <translation>Aus einem Bild einen Avatar machen (oder eines hierher ziehen)</translation>
    </message>
    <message>
      <location filename="avatars.py" />
      <source>Who speaks</source>
      <translation>Wer spricht</translation>
    </message>
    <message>
      <location filename="avatars.py" />
      <source>Your own picture …</source>
      <translation>Eigenes Bild …</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>A picture of your own</source>
      <translation>Ein eigenes Bild</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Another colour …</source>
      <translation>Eine andere Farbe …</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>As in the portrait</source>
      <translation>Wie im Porträt</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Background</source>
      <translation>Hintergrund</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Blue</source>
      <translation>Blau</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Blurred</source>
      <translation>Unscharf</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Choose a background</source>
      <translation>Hintergrund wählen</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Choose a picture …</source>
      <translation>Bild wählen …</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Colour</source>
      <translation>Farbe</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Colour of the background</source>
      <translation>Farbe des Hintergrunds</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Dark grey</source>
      <translation>Dunkelgrau</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Green</source>
      <translation>Grün</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Green for keying</source>
      <translation>Grün zum Freistellen</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Light grey</source>
      <translation>Hellgrau</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>One colour</source>
      <translation>Eine Farbe</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Original</source>
      <translation>Original</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Pictures</source>
      <translation>Bilder</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Purple</source>
      <translation>Violett</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Sand</source>
      <translation>Sand</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Terracotta</source>
      <translation>Terrakotta</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>The portrait's own, out of focus</source>
      <translation>Der des Porträts, unscharf</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Until you choose one, the original background stays.</source>
      <translation>Bis Sie eines wählen, bleibt der ursprüngliche Hintergrund.</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>{name} is gone; the original is shown.</source>
      <translation>{name} ist nicht mehr da; der ursprüngliche Hintergrund ist zu sehen.</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>{name} is not a picture; choose a PNG or JPEG file.</source>
      <translation>{name} ist kein Bild; wählen Sie eine PNG- oder JPEG-Datei.</translation>
    </message>
    <message>
      <location filename="background_signing.py" />
      <source>A fault of ours kept the file from being signed.</source>
      <translation>Ein Fehler von uns hat das Signieren der Datei verhindert.</translation>
    </message>
    <message>
      <location filename="background_signing.py" />
      <source>Signing the file was given up.</source>
      <translation>Das Signieren der Datei wurde abgebrochen.</translation>
    </message>
    <message>
      <location filename="c2pa_library.py" />
      <source>The C2PA library cannot be loaded ({reason}).</source>
      <translation>Die C2PA-Bibliothek lässt sich nicht laden ({reason}).</translation>
    </message>
    <message>
      <location filename="c2pa_library.py" />
      <source>The package c2pa-python is damaged: no library in {folder}.</source>
      <translation>Das Paket c2pa-python ist beschädigt: keine Bibliothek in {folder}.</translation>
    </message>
    <message>
      <location filename="c2pa_library.py" />
      <source>The package c2pa-python is not installed.</source>
      <translation>Das Paket c2pa-python ist nicht installiert.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source> while {programs} use it</source>
      <translation>, während {programs} darauf zugreifen</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source> while {program} uses it</source>
      <translation>, während {program} darauf zugreift</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>"{camera}" is no virtual camera ({reasons}); choose one of: {known}.</source>
      <translation>„{camera}“ ist keine virtuelle Kamera ({reasons}); wählen Sie eine von diesen: {known}.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>Another program took the camera {camera}{users}; close it.</source>
      <translation>Ein anderes Programm hat die Kamera {camera} belegt{users}; beenden Sie es.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>Loo&amp;k again</source>
      <translation>Nochmals su&amp;chen</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>Look for a virtual camera again</source>
      <translation>Nochmals nach einer virtuellen Kamera suchen</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>No virtual camera "{camera}" could be opened ({reasons}); {fix}.</source>
      <translation>Die virtuelle Kamera „{camera}“ ließ sich nicht öffnen ({reasons}); {fix}.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>No virtual camera could be opened ({reasons}); {fix}.</source>
      <translation>Es ließ sich keine virtuelle Kamera öffnen ({reasons}); {fix}.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>Send to the &amp;camera</source>
      <translation>An die &amp;Kamera senden</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The camera {camera} takes no more frames ({error}).</source>
      <translation>Die Kamera {camera} nimmt keine Bilder mehr an ({error}).</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The camera {camera} went away ({reasons}); load its driver again.</source>
      <translation>Die Kamera {camera} ist verschwunden ({reasons}); laden Sie ihren Treiber neu.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The camera {camera} went away; load its driver again.</source>
      <translation>Die Kamera {camera} ist verschwunden; laden Sie ihren Treiber neu.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The driver of the camera {camera} was loaded again.</source>
      <translation>Der Treiber der Kamera {camera} wurde neu geladen.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The virtual camera {camera} is in use or cannot be opened{users} ({reasons}); close the program that sends to it.</source>
      <translation>Die virtuelle Kamera {camera} ist belegt oder lässt sich nicht öffnen{users} ({reasons}); beenden Sie das Programm, das an sie sendet.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>install OBS Studio 30 or newer, start its virtual camera once and close OBS</source>
      <translation>installieren Sie OBS Studio 30 oder neuer, starten Sie dessen virtuelle Kamera einmal und schließen Sie OBS</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>install OBS Studio 30 or newer, which brings the OBS Virtual Camera, and close OBS</source>
      <translation>installieren Sie OBS Studio 30 oder neuer, das die OBS Virtual Camera mitbringt, und schließen Sie OBS</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>install v4l2loopback and load it: `sudo apt install v4l2loopback-dkms` and `sudo modprobe v4l2loopback exclusive_caps=1 card_label="ChatAnyone Camera"`</source>
      <translation>installieren Sie v4l2loopback und laden Sie es: `sudo apt install v4l2loopback-dkms` und `sudo modprobe v4l2loopback exclusive_caps=1 card_label="ChatAnyone Camera"`</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>pyvirtualcam cannot be loaded ({error}); run `pip install -r requirements.txt`.</source>
      <translation>pyvirtualcam lässt sich nicht laden ({error}); führen Sie `pip install -r requirements.txt` aus.</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>Camera status</source>
      <translation>Zustand der Kamera</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>Choose “{name}” as the camera in your call.</source>
      <translation>Wählen Sie im Gespräch „{name}“ als Kamera.</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>Looking for a virtual camera …</source>
      <translation>Suche eine virtuelle Kamera …</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>Off: the avatar is shown in this window only.</source>
      <translation>Aus: Der Avatar ist nur in diesem Fenster zu sehen.</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>The preview works without it.</source>
      <translation>Die Vorschau geht auch ohne.</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>&amp;Look again</source>
      <translation>Nochmals &amp;suchen</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>Calls see the avatar through a virtual camera: a driver, put in once.</source>
      <translation>Gespräche sehen den Avatar durch eine virtuelle Kamera: einen Treiber, der einmal eingerichtet wird.</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>Copy “{command}”</source>
      <translation>„{command}“ kopieren</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>In Zoom choose it under Settings, Video; in Teams under Settings, Devices; in Meet and other web pages from the menu beside the camera's button.</source>
      <translation>In Zoom wählen Sie sie unter Einstellungen, Video; in Teams unter Einstellungen, Geräte; in Meet und anderen Webseiten im Menü neben dem Kameraknopf.</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>You can also go on and do this later.</source>
      <translation>Sie können auch weitergehen und das später tun.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Have it loaded at every start of the computer:</source>
      <translation>Bei jedem Start des Computers laden lassen:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Install OBS Studio 30 or newer; it brings the camera driver.</source>
      <translation>Installieren Sie OBS Studio 30 oder neuer; es bringt den Kameratreiber mit.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Install the driver:</source>
      <translation>Installieren Sie den Treiber:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Install v4l2loopback with your distribution's package manager.</source>
      <translation>Installieren Sie v4l2loopback mit der Paketverwaltung Ihrer Distribution.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Load it:</source>
      <translation>Laden Sie ihn:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Open a terminal and add RPM Fusion, which has the driver:</source>
      <translation>Öffnen Sie ein Terminal und fügen Sie RPM Fusion hinzu, das den Treiber hat:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Open a terminal and install the driver:</source>
      <translation>Öffnen Sie ein Terminal und installieren Sie den Treiber:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Restart the Mac where it asks for that, then close OBS.</source>
      <translation>Starten Sie den Mac neu, wenn er danach fragt, und schließen Sie OBS.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Start OBS once and press “Start Virtual Camera”. Allow the system extension in System Settings, General, Login Items &amp; Extensions.</source>
      <translation>Starten Sie OBS einmal und drücken Sie „Virtuelle Kamera starten“. Erlauben Sie die Systemerweiterung in Systemeinstellungen, Allgemein, Anmeldeobjekte &amp; Erweiterungen.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Start OBS once, press “Start Virtual Camera”, then close OBS again.</source>
      <translation>Starten Sie OBS einmal, drücken Sie „Virtuelle Kamera starten“ und schließen Sie OBS wieder.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Where loading says “Key was rejected”, Secure Boot is on: enrol the key that the driver was signed with, restart, and choose “Enroll MOK”:</source>
      <translation>Meldet das Laden „Key was rejected“, ist Secure Boot an: Melden Sie den Schlüssel an, mit dem der Treiber signiert ist, starten Sie neu und wählen Sie „Enroll MOK“:</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Close the line</source>
      <translation>Zeile schließen</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Kept and signed: {file}</source>
      <translation>Gespeichert und signiert: {file}</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Kept, not signed: {file}.</source>
      <translation>Gespeichert, nicht signiert: {file}.</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Open &amp;folder</source>
      <translation>Or&amp;dner öffnen</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Recording and snapshots</source>
      <translation>Aufnahmen und Schnappschüsse</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Recording {time}</source>
      <translation>Aufnahme {time}</translation>
    </message>
    <message>
      <location filename="captures.py" />
      <source>{folder} cannot be made ({reason}).</source>
      <translation>{folder} kann nicht angelegt werden ({reason}).</translation>
    </message>
    <message>
      <location filename="captures.py" />
      <source>{path} could not be written; check the disk's free space.</source>
      <translation>{path} konnte nicht geschrieben werden; prüfen Sie den freien Speicherplatz.</translation>
    </message>
    <message>
      <location filename="card_grid.py" />
      <source>&amp;Remove {name} …</source>
      <translation>{name} &amp;entfernen …</translation>
    </message>
    <message>
      <location filename="card_grid.py" />
      <source>{name} (your own; right-click to remove)</source>
      <translation>{name} (Ihr eigener; zum Entfernen rechts klicken)</translation>
    </message>
    <message>
      <location filename="consent.py" />
      <source>I have the right to use this picture, and the person it shows agrees to being made to speak.</source>
      <translation>Ich darf dieses Bild verwenden, und die gezeigte Person ist damit einverstanden, dass man sie sprechen lässt.</translation>
    </message>
    <message>
      <location filename="control_panel.py" />
      <source>Pages</source>
      <translation>Seiten</translation>
    </message>
    <message>
      <location filename="device_name.py" />
      <source>"{name}" fits several; choose one of: {known}.</source>
      <translation>„{name}“ passt auf mehrere; wählen Sie eines von: {known}.</translation>
    </message>
    <message>
      <location filename="device_name.py" />
      <source>There is no {kind} "{name}"; choose one of: {known}.</source>
      <translation>{kind} „{name}“ gibt es nicht; zur Wahl stehen: {known}.</translation>
    </message>
    <message>
      <location filename="engine.py" />
      <source>{tier} on {provider}</source>
      <translation>{tier} auf {provider}</translation>
    </message>
    <message>
      <location filename="engine_room.py" />
      <source>That choice cannot be had.</source>
      <translation>Diese Wahl ist nicht möglich.</translation>
    </message>
    <message>
      <location filename="engine_room.py" />
      <source>{reason} The avatar stays as it is.</source>
      <translation>{reason} Der Avatar bleibt, wie er ist.</translation>
    </message>
    <message>
      <location filename="face_choice.py" />
      <source>No face was found in the picture; use one that shows the face from the front, or give the places of eyes and mouth (avatar import --points).</source>
      <translation>In dem Bild wurde kein Gesicht gefunden; nehmen Sie eines, das das Gesicht von vorn zeigt, oder geben Sie an, wo Augen und Mund sind (avatar import --points).</translation>
    </message>
    <message>
      <location filename="face_choice.py" />
      <source>The face cannot be made out; use a picture in which eyes, nose and mouth are free and sharp, or give the places of eyes and mouth (avatar import --points).</source>
      <translation>Das Gesicht ist nicht zu erkennen; nehmen Sie ein Bild, in dem Augen, Nase und Mund frei und scharf sind, oder geben Sie an, wo Augen und Mund sind (avatar import --points).</translation>
    </message>
    <message>
      <location filename="face_choice.py" />
      <source>The picture has no face {number}; there are {count}, counted from 1 from the left.</source>
      <translation>Das Bild hat kein Gesicht {number}; es sind {count}, von links ab 1 gezählt.</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>&amp;Zoom</source>
      <translation>&amp;Zoom</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Brings the face closer</source>
      <translation>Holt das Gesicht näher heran</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Everything that the portrait shows</source>
      <translation>Alles, was das Porträt zeigt</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Framing</source>
      <translation>Ausschnitt</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Head and shoulders, close</source>
      <translation>Kopf und Schultern, nah</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>In full sharpness, from the head to the waist</source>
      <translation>In voller Schärfe, vom Kopf bis zur Hüfte</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Portrait</source>
      <translation>Porträt</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Shoulders</source>
      <translation>Schultern</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Whole</source>
      <translation>Ganz</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Zoom</source>
      <translation>Zoom</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Card, or avatar again</source>
      <translation>Karte, oder wieder der Avatar</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Global hotkeys are unavailable: this desktop has none that can be used.</source>
      <translation>Globale Tasten gibt es nicht: Dieser Desktop bietet keine an.</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Mute, or listen again</source>
      <translation>Stumm, oder wieder zuhören</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Next style</source>
      <translation>Nächster Stil</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Off.</source>
      <translation>Aus.</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Talk while it is held</source>
      <translation>Sprechen, solange sie gehalten wird</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>They work in every program.</source>
      <translation>Sie wirken in allen Programmen.</translation>
    </message>
    <message>
      <location filename="hotkeys_dialog.py" />
      <source>&amp;Use these keys in every program</source>
      <translation>Diese Tasten in allen Programmen &amp;verwenden</translation>
    </message>
    <message>
      <location filename="hotkeys_dialog.py" />
      <source>Keys for every program</source>
      <translation>Tasten für alle Programme</translation>
    </message>
    <message>
      <location filename="hotkeys_dialog.py" />
      <source>Whether they work</source>
      <translation>Ob sie wirken</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>&amp;Face</source>
      <translation>&amp;Gesicht</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>&amp;Import</source>
      <translation>&amp;Importieren</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>A good picture: nothing stands in the way.</source>
      <translation>Ein gutes Bild: Nichts steht im Weg.</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>Avatar from a picture</source>
      <translation>Avatar aus einem Bild</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>Looking at the picture …</source>
      <translation>Das Bild wird betrachtet …</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>The picture stays on this machine. It becomes a folder of its own among your avatars.</source>
      <translation>Das Bild bleibt auf diesem Rechner. Es wird ein eigener Ordner unter Ihren Avataren.</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>The portrait</source>
      <translation>Das Porträt</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>Which face</source>
      <translation>Welches Gesicht</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>{number} from the left</source>
      <translation>{number}. von links</translation>
    </message>
    <message>
      <location filename="kept.py" />
      <source>Choose a folder</source>
      <translation>Ordner wählen</translation>
    </message>
    <message>
      <location filename="kept.py" />
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <location filename="kept.py" />
      <source>Other folder …</source>
      <translation>Anderer Ordner …</translation>
    </message>
    <message>
      <location filename="kept.py" />
      <source>Snapshots and recordings</source>
      <translation>Schnappschüsse und Aufnahmen</translation>
    </message>
    <message>
      <location filename="latency_check.py" />
      <source>No picture was shown; close busy programs and try again.</source>
      <translation>Es wurde kein Bild gezeigt; schließen Sie andere Programme, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <location filename="latency_check.py" />
      <source>The mouth answered no click in time; close busy programs and try again.</source>
      <translation>Der Mund hat auf kein Klicken rechtzeitig reagiert; schließen Sie andere Programme, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Buffer</source>
      <translation>Puffer</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>From the microphone to the camera: half of the pictures take less</source>
      <translation>Vom Mikrofon bis zur Kamera: Die Hälfte der Bilder braucht weniger</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Latency</source>
      <translation>Verzögerung</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Look-ahead</source>
      <translation>Vorausschau</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Motion</source>
      <translation>Bewegung</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Parts of the latency</source>
      <translation>Teile der Verzögerung</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Picture</source>
      <translation>Bild</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Sound card</source>
      <translation>Soundkarte</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>drawing the avatar</source>
      <translation>das Zeichnen des Avatars</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>finding how face and body move</source>
      <translation>herausfinden, wie sich Gesicht und Körper bewegen</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>in hand, so that pictures leave evenly</source>
      <translation>in der Hand, damit Bilder gleichmäßig hinausgehen</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>until the driver has the picture</source>
      <translation>bis der Treiber das Bild hat</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>until the sound is here; also while the picture before is held</source>
      <translation>bis der Ton hier ist; auch während das Bild davor gehalten wird</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>what the lips hear before they move</source>
      <translation>was die Lippen hören, bevor sie sich bewegen</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>{median} ms as a rule, {slow} ms at most (95 of 100)</source>
      <translation>{median} ms in der Regel, höchstens {slow} ms (95 von 100)</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>&amp;Learn</source>
      <translation>&amp;Lernen</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>About your own style</source>
      <translation>Zum eigenen Stil</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>All</source>
      <translation>Alle</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Choose a clip</source>
      <translation>Video wählen</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Following the person … {percent} %</source>
      <translation>Folge der Person … {percent} %</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>From a video of one person who talks to the camera for half a minute. It stays on this machine; only 14 numbers of how they move are kept.</source>
      <translation>Aus einem Video, in dem ein Mensch eine halbe Minute lang in die Kamera spricht. Es bleibt auf diesem Rechner; behalten werden nur 14 Zahlen dazu, wie er sich bewegt.</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>How shall the style of {clip} be called?</source>
      <translation>Wie soll der Stil aus {clip} heißen?</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Learn from a clip …</source>
      <translation>Aus einem Video lernen …</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Learnt “{title}”; of the others, {nearest} comes closest.</source>
      <translation>„{title}“ gelernt; am nächsten kommt ihm {nearest}.</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Name of the style</source>
      <translation>Name des Stils</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Progress</source>
      <translation>Fortschritt</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Videos and recorded motions</source>
      <translation>Videos und aufgezeichnete Bewegungen</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Your own style</source>
      <translation>Ihr eigener Stil</translation>
    </message>
    <message>
      <location filename="level_line.py" />
      <source>Microphone advice</source>
      <translation>Rat zum Mikrofon</translation>
    </message>
    <message>
      <location filename="level_line.py" />
      <source>No sound: is the microphone muted?</source>
      <translation>Kein Ton: Ist das Mikrofon stumm?</translation>
    </message>
    <message>
      <location filename="level_line.py" />
      <source>Too loud: turn the microphone down.</source>
      <translation>Zu laut: Stellen Sie das Mikrofon leiser.</translation>
    </message>
    <message>
      <location filename="level_line.py" />
      <source>Too quiet: come closer, or turn the microphone up.</source>
      <translation>Zu leise: Gehen Sie näher heran, oder stellen Sie das Mikrofon lauter.</translation>
    </message>
    <message>
      <location filename="level_meter.py" />
      <source>How loud your microphone is. Speaking should reach the right half.</source>
      <translation>Wie laut Ihr Mikrofon ist. Beim Sprechen sollte es die rechte Hälfte erreichen.</translation>
    </message>
    <message>
      <location filename="level_meter.py" />
      <source>Microphone level</source>
      <translation>Pegel des Mikrofons</translation>
    </message>
    <message>
      <location filename="message_bar.py" />
      <source>Close the message</source>
      <translation>Meldung schließen</translation>
    </message>
    <message>
      <location filename="message_bar.py" />
      <source>Message</source>
      <translation>Meldung</translation>
    </message>
    <message>
      <location filename="microphone.py" />
      <source>Micr&amp;ophone</source>
      <translation>Mikrof&amp;on</translation>
    </message>
    <message>
      <location filename="microphone.py" />
      <source>{name} cannot be opened ({reason}); close programs that use it, check the permission for the microphone, or choose another one.</source>
      <translation>{name} lässt sich nicht öffnen ({reason}); schließen Sie Programme, die es benutzen, prüfen Sie die Erlaubnis für das Mikrofon, oder wählen Sie ein anderes.</translation>
    </message>
    <message>
      <location filename="microphone.py" />
      <source>{name} runs at {rate_hz} Hz, which is not supported.</source>
      <translation>{name} läuft mit {rate_hz} Hz, was nicht unterstützt wird.</translation>
    </message>
    <message>
      <location filename="microphone.py" />
      <source>{name} sends no more sound; check that it is plugged in.</source>
      <translation>{name} sendet keinen Ton mehr; prüfen Sie, ob es angeschlossen ist.</translation>
    </message>
    <message>
      <location filename="microphone_list.py" />
      <source>No microphone was found; plug one in and allow this program to use it in the system's privacy settings.</source>
      <translation>Es wurde kein Mikrofon gefunden; schließen Sie eines an, und erlauben Sie diesem Programm in den Datenschutzeinstellungen des Systems, es zu verwenden.</translation>
    </message>
    <message>
      <location filename="microphone_list.py" />
      <source>microphone</source>
      <translation>Mikrofon</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>&amp;Try again</source>
      <translation>Noch&amp;mals versuchen</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Listening in a moment …</source>
      <translation>Gleich wird zugehört …</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Nothing is heard yet: say something.</source>
      <translation>Noch ist nichts zu hören: Sagen Sie etwas.</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Too loud: turn the microphone down, or go back a little.</source>
      <translation>Zu laut: Stellen Sie das Mikrofon leiser, oder gehen Sie etwas zurück.</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Very quiet: come closer, or turn the microphone up.</source>
      <translation>Sehr leise: Kommen Sie näher, oder stellen Sie das Mikrofon lauter.</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Well heard.</source>
      <translation>Gut zu hören.</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Your voice moves the avatar. It is not recorded and never leaves this computer.</source>
      <translation>Ihre Stimme bewegt den Avatar. Sie wird nicht aufgenommen und verlässt diesen Computer nie.</translation>
    </message>
    <message>
      <location filename="microphone_picker.py" />
      <source>Microphone</source>
      <translation>Mikrofon</translation>
    </message>
    <message>
      <location filename="microphone_picker.py" />
      <source>System default</source>
      <translation>Wie im System</translation>
    </message>
    <message>
      <location filename="microphone_picker.py" />
      <source>{name} (not connected)</source>
      <translation>{name} (nicht verbunden)</translation>
    </message>
    <message>
      <location filename="model_folder.py" />
      <source>The config.json of the model {name} is damaged; install the application again.</source>
      <translation>Die config.json des Modells {name} ist beschädigt; installieren Sie die Anwendung neu.</translation>
    </message>
    <message>
      <location filename="model_folder.py" />
      <source>The file {key} is missing or damaged; install the application again.</source>
      <translation>Die Datei {key} fehlt oder ist beschädigt; installieren Sie die Anwendung neu.</translation>
    </message>
    <message>
      <location filename="model_folder.py" />
      <source>The model {model} lacks its file {name}; install it again.</source>
      <translation>Dem Modell {model} fehlt die Datei {name}; installieren Sie es neu.</translation>
    </message>
    <message>
      <location filename="model_folder.py" />
      <source>There is no model in {path}; install the application again.</source>
      <translation>In {path} ist kein Modell; installieren Sie die Anwendung neu.</translation>
    </message>
    <message>
      <location filename="motion_file.py" />
      <source>There is no motion to save yet.</source>
      <translation>Es gibt noch keine Bewegung zu speichern.</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>&amp;Gesture</source>
      <translation>&amp;Gesten</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>&amp;Head</source>
      <translation>&amp;Kopf</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>E&amp;xpression</source>
      <translation>A&amp;usdruck</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>How much shoulders, arms and hands move</source>
      <translation>Wie sehr sich Schultern, Arme und Hände bewegen</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>How much the head moves</source>
      <translation>Wie sehr sich der Kopf bewegt</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>How strongly the face shows what the voice does</source>
      <translation>Wie deutlich das Gesicht zeigt, was die Stimme tut</translation>
    </message>
    <message>
      <location filename="movement.py" />
      <source>Movement</source>
      <translation>Bewegung</translation>
    </message>
    <message>
      <location filename="network.py" />
      <source>The CUDA engine needs torch; install it or choose the CPU.</source>
      <translation>Das Rechnen auf CUDA braucht torch; installieren Sie es, oder wählen Sie die CPU.</translation>
    </message>
    <message>
      <location filename="network.py" />
      <source>The graphics card cannot be used ({reason}); the CPU computes instead.</source>
      <translation>Die Grafikkarte ist nicht verwendbar ({reason}); stattdessen rechnet die CPU.</translation>
    </message>
    <message>
      <location filename="null_sink.py" />
      <source>A microphone of our own needs pactl; install it with `sudo apt install pulseaudio-utils`.</source>
      <translation>Ein eigenes Mikrofon braucht pactl; installieren Sie es mit `sudo apt install pulseaudio-utils`.</translation>
    </message>
    <message>
      <location filename="null_sink.py" />
      <source>The sound server does not answer ({reason}).</source>
      <translation>Der Tonserver antwortet nicht ({reason}).</translation>
    </message>
    <message>
      <location filename="null_sink.py" />
      <source>The sound server refused `pactl {command}` ({reason}).</source>
      <translation>Der Tonserver hat `pactl {command}` abgelehnt ({reason}).</translation>
    </message>
    <message>
      <location filename="null_sink.py" />
      <source>The voice does not go through PulseAudio or PipeWire; choose an output by name.</source>
      <translation>Die Stimme läuft nicht über PulseAudio oder PipeWire; wählen Sie einen Ausgang beim Namen.</translation>
    </message>
    <message>
      <location filename="output_list.py" />
      <source>No sound output was found; plug one in, or install a virtual cable such as VB-CABLE.</source>
      <translation>Es wurde kein Tonausgang gefunden; schließen Sie einen an, oder installieren Sie ein virtuelles Kabel wie VB-CABLE.</translation>
    </message>
    <message>
      <location filename="output_list.py" />
      <source>sound output</source>
      <translation>Tonausgang</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>&amp;Avatar</source>
      <translation>&amp;Avatar</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>&amp;Picture</source>
      <translation>&amp;Bild</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>Mor&amp;e</source>
      <translation>M&amp;ehr</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>Sou&amp;nd</source>
      <translation>&amp;Ton</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>St&amp;yle</source>
      <translation>Sti&amp;l</translation>
    </message>
    <message>
      <location filename="painters_choice.py" />
      <source>The full renderer is not part of this version; use the lite one.</source>
      <translation>Der volle Renderer gehört nicht zu dieser Version; nehmen Sie den leichten.</translation>
    </message>
    <message>
      <location filename="painters_choice.py" />
      <source>The full renderer needs an NVIDIA graphics card to keep up with a voice; use the lite one.</source>
      <translation>Der volle Renderer braucht eine NVIDIA-Grafikkarte, um mit einer Stimme Schritt zu halten; nehmen Sie den leichten.</translation>
    </message>
    <message>
      <location filename="painters_choice.py" />
      <source>Without an NVIDIA graphics card the full renderer takes about a second a picture.</source>
      <translation>Ohne eine Grafikkarte von NVIDIA braucht der volle Renderer etwa eine Sekunde für ein Bild.</translation>
    </message>
    <message>
      <location filename="painters_engine.py" />
      <source>The full renderer needs torch on a GPU; use the lite one.</source>
      <translation>Der volle Renderer braucht torch auf einer Grafikkarte; nehmen Sie den leichten.</translation>
    </message>
    <message>
      <location filename="patient_camera.py" />
      <source>The camera driver answers with a fault ({reason}); close other programs that use the camera.</source>
      <translation>Der Treiber der Kamera meldet einen Fehler ({reason}); schließen Sie andere Programme, die die Kamera benutzen.</translation>
    </message>
    <message>
      <location filename="patient_source.py" />
      <source>The system uses another microphone now.</source>
      <translation>Das System benutzt jetzt ein anderes Mikrofon.</translation>
    </message>
    <message>
      <location filename="patient_source.py" />
      <source>Waiting for {name}: your avatar goes on without it. {reason}</source>
      <translation>Warte auf {name}: Ihr Avatar macht solange ohne weiter. {reason}</translation>
    </message>
    <message>
      <location filename="patient_source.py" />
      <source>{name} changed its rate.</source>
      <translation>{name} hat die Abtastrate gewechselt.</translation>
    </message>
    <message>
      <location filename="patient_source.py" />
      <source>{name} is switched on but sends silence only; unmute it (by its own switch or in the system's sound settings) and allow this program to hear it.</source>
      <translation>{name} ist eingeschaltet, sendet aber nur Stille; heben Sie die Stummschaltung auf (am Gerät oder in den Toneinstellungen des Systems), und erlauben Sie diesem Programm, es zu hören.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>There is no picture {path}; check the path.</source>
      <translation>Es gibt kein Bild {path}; prüfen Sie den Pfad.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{name} has more than {millions} million pixels; save it smaller, 4000 pixels are enough.</source>
      <translation>{name} hat mehr als {millions} Millionen Pixel; speichern Sie es kleiner, 4000 Pixel genügen.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{name} has only {width}x{height} pixels; use a larger picture.</source>
      <translation>{name} hat nur {width}x{height} Pixel; nehmen Sie ein größeres Bild.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{name} is damaged ({reason}); save or copy it again.</source>
      <translation>{name} ist beschädigt ({reason}); speichern oder kopieren Sie es noch einmal.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{name} is not a picture that can be read; use a JPEG, PNG, WebP or HEIC file.</source>
      <translation>{name} ist kein lesbares Bild; nehmen Sie eine JPEG-, PNG-, WebP- oder HEIC-Datei.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} cannot be opened ({reason}); check it.</source>
      <translation>{path} lässt sich nicht öffnen ({reason}); prüfen Sie es.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is a folder; name a picture in it.</source>
      <translation>{path} ist ein Ordner; nennen Sie ein Bild darin.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is damaged or cut off ({reason}); save or copy it again.</source>
      <translation>{path} ist beschädigt oder abgeschnitten ({reason}); speichern oder kopieren Sie es noch einmal.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is empty; save or copy the picture again.</source>
      <translation>{path} ist leer; speichern oder kopieren Sie das Bild noch einmal.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is larger than 400 MB; save it as JPEG or PNG.</source>
      <translation>{path} ist größer als 400 MB; speichern Sie es als JPEG oder PNG.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is no ordinary file; name a picture.</source>
      <translation>{path} ist keine gewöhnliche Datei; nennen Sie ein Bild.</translation>
    </message>
    <message>
      <location filename="picture_import.py" />
      <source>There is an avatar named {name} already; choose another name.</source>
      <translation>Einen Avatar namens {name} gibt es schon; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>The PortAudio library is missing; {hint}.</source>
      <translation>Die Bibliothek PortAudio fehlt; {hint}.</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>The Python package sounddevice is missing; run `pip install -r requirements.txt`.</source>
      <translation>Das Python-Paket sounddevice fehlt; führen Sie `pip install -r requirements.txt` aus.</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>install it with `brew install portaudio`</source>
      <translation>installieren Sie sie mit `brew install portaudio`</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>install it with `sudo apt install libportaudio2`</source>
      <translation>installieren Sie sie mit `sudo apt install libportaudio2`</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>reinstall the Python package sounddevice</source>
      <translation>installieren Sie das Python-Paket sounddevice neu</translation>
    </message>
    <message>
      <location filename="preview.py" />
      <source>Preview of the avatar</source>
      <translation>Vorschau des Avatars</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Choose another one by its number (avatar import --face), or show one person only.</source>
      <translation>Wählen Sie ein anderes nach seiner Nummer (avatar import --face), oder zeigen Sie nur eine Person.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Give the points as exactly as you can.</source>
      <translation>Geben Sie die Punkte so genau wie möglich an.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>No face was recognised; it is moved by the points you gave.</source>
      <translation>Es wurde kein Gesicht erkannt; es wird nach den angegebenen Punkten bewegt.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Something covers the mouth, so it cannot speak well.</source>
      <translation>Etwas verdeckt den Mund, daher kann er nicht gut sprechen.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The eyes are closed.</source>
      <translation>Die Augen sind geschlossen.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The eyes cannot be seen, so they neither blink nor look around.</source>
      <translation>Die Augen sind nicht zu sehen; daher blinzeln sie nicht und blicken nicht umher.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is blurred.</source>
      <translation>Das Gesicht ist unscharf.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is dark.</source>
      <translation>Das Gesicht ist dunkel.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is overexposed.</source>
      <translation>Das Gesicht ist überbelichtet.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is seen from the side; use a picture in which the person looks towards you.</source>
      <translation>Das Gesicht ist von der Seite zu sehen; nehmen Sie ein Bild, auf dem die Person zu Ihnen blickt.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is small: {eyes_px:.0f} pixels from eye to eye, so the avatar looks soft.</source>
      <translation>Das Gesicht ist klein: {eyes_px:.0f} Pixel von Auge zu Auge, daher wirkt der Avatar weich.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is turned away by about {angle:.0f} degrees; its far side looks strange.</source>
      <translation>Das Gesicht ist um etwa {angle:.0f} Grad weggedreht; seine ferne Seite sieht merkwürdig aus.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face looks down a lot.</source>
      <translation>Das Gesicht blickt stark nach unten.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face looks up a lot.</source>
      <translation>Das Gesicht blickt stark nach oben.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The head is tilted; the picture was turned by {angle:.0f} degrees.</source>
      <translation>Der Kopf ist geneigt; das Bild wurde um {angle:.0f} Grad gedreht.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The mouth is open, so closed lips have to be made up.</source>
      <translation>Der Mund ist offen; geschlossene Lippen müssen erfunden werden.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The picture is animated; its first frame was taken.</source>
      <translation>Das Bild ist animiert; das erste wurde genommen.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The picture shows {count} faces; number {number} from the left was taken.</source>
      <translation>Das Bild zeigt {count} Gesichter; das {number}. von links wurde genommen.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The shoulders are not in the picture and were made up.</source>
      <translation>Die Schultern sind nicht im Bild und wurden ergänzt.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The top of the head is cut off and was made up.</source>
      <translation>Der Kopf ist oben abgeschnitten und wurde ergänzt.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a darker picture.</source>
      <translation>Nehmen Sie ein dunkleres Bild.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture in which the eyes are open.</source>
      <translation>Nehmen Sie ein Bild, auf dem die Augen offen sind.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture in which the mouth is free.</source>
      <translation>Nehmen Sie ein Bild, auf dem der Mund frei ist.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture in which the person looks towards you.</source>
      <translation>Nehmen Sie ein Bild, auf dem die Person zu Ihnen blickt.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture taken at the height of the eyes.</source>
      <translation>Nehmen Sie ein Bild, das in Augenhöhe aufgenommen wurde.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture that shows the person down to the chest.</source>
      <translation>Nehmen Sie ein Bild, das die Person bis zur Brust zeigt.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture that shows the whole head.</source>
      <translation>Nehmen Sie ein Bild, das den ganzen Kopf zeigt.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture with at least 80 pixels from eye to eye.</source>
      <translation>Nehmen Sie ein Bild mit mindestens 80 Pixeln von Auge zu Auge.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture with light on the face.</source>
      <translation>Nehmen Sie ein Bild mit Licht auf dem Gesicht.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture with the head upright.</source>
      <translation>Nehmen Sie ein Bild mit aufrechtem Kopf.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture with the lips closed.</source>
      <translation>Nehmen Sie ein Bild mit geschlossenen Lippen.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture without dark glasses.</source>
      <translation>Nehmen Sie ein Bild ohne dunkle Brille.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a sharper picture.</source>
      <translation>Nehmen Sie ein schärferes Bild.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a still picture.</source>
      <translation>Nehmen Sie ein unbewegtes Bild.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>lite, face not relit</source>
      <translation>leicht, Gesicht nicht nachbelichtet</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>lite, {rate} pictures a second</source>
      <translation>leicht, {rate} Bilder je Sekunde</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>A video file's name must end in one of {names}; {path} does not.</source>
      <translation>Der Name einer Videodatei muss auf eines von {names} enden; {path} tut das nicht.</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>There is no folder {parent}; create it first.</source>
      <translation>Es gibt keinen Ordner {parent}; legen Sie ihn zuerst an.</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>{path} cannot be written ({reason}); choose another place.</source>
      <translation>{path} kann nicht geschrieben werden ({reason}); wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>{path} could not be written ({reason}); check the disk's free space.</source>
      <translation>{path} konnte nicht geschrieben werden ({reason}); prüfen Sie den freien Speicherplatz.</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>{path} is a folder; name a video file in it.</source>
      <translation>{path} ist ein Ordner; nennen Sie eine Videodatei darin.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>A step of the avatar failed.</source>
      <translation>Ein Arbeitsschritt des Avatars ist fehlgeschlagen.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>The avatar is {title} now, because {first} failed; close programs that use the graphics card: from time to time it is tried again.</source>
      <translation>Der Avatar läuft jetzt als {title}, weil {first} ausgefallen ist; schließen Sie Programme, die die Grafikkarte benutzen: von Zeit zu Zeit wird es wieder versucht.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>The graphics card stopped answering.</source>
      <translation>Die Grafikkarte antwortet nicht mehr.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>The memory for the avatar ran out.</source>
      <translation>Der Speicher für den Avatar reicht nicht mehr.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>{reason} The last picture stands until it is mended.</source>
      <translation>{reason} Das letzte Bild bleibt stehen, bis es behoben ist.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Once &amp;more</source>
      <translation>Noch ein&amp;mal</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Progress of the test</source>
      <translation>Fortschritt der Probe</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Ready: go live, or try once more.</source>
      <translation>Bereit: Gehen Sie live, oder versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Recording begins in {seconds} …</source>
      <translation>Die Aufnahme beginnt in {seconds} …</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Say a sentence or two and see yourself as the call will. Nothing is kept.</source>
      <translation>Sagen Sie ein, zwei Sätze und sehen Sie sich so, wie das Gespräch Sie sehen wird. Nichts wird aufgehoben.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Speak now.</source>
      <translation>Sprechen Sie jetzt.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Test</source>
      <translation>Probe</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>This computer was too busy to draw; close other programs.</source>
      <translation>Dieser Computer war zu beschäftigt zum Zeichnen; schließen Sie andere Programme.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>This is what the call sees and hears.</source>
      <translation>Das sieht und hört das Gespräch.</translation>
    </message>
    <message>
      <location filename="remote_control.py" />
      <source>On, for programs on this computer that have the token.</source>
      <translation>An, für Programme auf diesem Computer, die den Schlüssel haben.</translation>
    </message>
    <message>
      <location filename="remote_control.py" />
      <source>Port {port} is taken; choose another one.</source>
      <translation>Der Port {port} ist vergeben; wählen Sie einen anderen.</translation>
    </message>
    <message>
      <location filename="remote_control.py" />
      <source>Unavailable: the token cannot be kept ({reason}).</source>
      <translation>Nicht möglich: Der Schlüssel kann nicht aufgehoben werden ({reason}).</translation>
    </message>
    <message>
      <location filename="remote_control.py" />
      <source>Unavailable: {reason}.</source>
      <translation>Nicht möglich: {reason}.</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>&amp;Allow programs that have the token</source>
      <translation>Programmen mit dem Schlüssel &amp;erlauben</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>&amp;Copy</source>
      <translation>&amp;Kopieren</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>&amp;New token</source>
      <translation>&amp;Neuer Schlüssel</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>&amp;Port</source>
      <translation>&amp;Port</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Lets programs on this computer, like a Stream Deck or a script, start, mute and change the avatar. Nothing can be reached from outside. The messages are described in resources/remote_control.md.</source>
      <translation>Lässt Programme auf diesem Computer, etwa ein Stream Deck oder ein Skript, den Avatar starten, stumm schalten und wechseln. Von außen ist nichts zu erreichen. Die Nachrichten beschreibt resources/remote_control.md.</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Port</source>
      <translation>Port</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Remote control</source>
      <translation>Fernsteuerung</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Shuts out every program that has the old one</source>
      <translation>Sperrt jedes Programm aus, das den alten hat</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Token</source>
      <translation>Schlüssel</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Whether it works</source>
      <translation>Ob sie geht</translation>
    </message>
    <message>
      <location filename="saved_avatar.py" />
      <source>The avatar cannot be changed in {folder} ({reason}); free space or check the folder's permissions.</source>
      <translation>Der Avatar in {folder} kann nicht geändert werden ({reason}); schaffen Sie Platz, oder prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
      <location filename="saved_avatar.py" />
      <source>You have no avatar named {name!r}; your own: {known}.</source>
      <translation>Sie haben keinen Avatar namens „{name}“; Ihre eigenen: {known}.</translation>
    </message>
    <message>
      <location filename="saved_avatar.py" />
      <source>{name!r} is an avatar of the gallery and stays.</source>
      <translation>„{name}“ ist ein Avatar der Galerie und bleibt.</translation>
    </message>
    <message>
      <location filename="session.py" />
      <source>There is no avatar in the gallery: the installation is incomplete.</source>
      <translation>In der Galerie ist kein Avatar: Die Installation ist unvollständig.</translation>
    </message>
    <message>
      <location filename="side_fill.py" />
      <source>The background picture {path} cannot be opened; check it.</source>
      <translation>Das Hintergrundbild {path} lässt sich nicht öffnen; prüfen Sie es.</translation>
    </message>
    <message>
      <location filename="side_fill.py" />
      <source>{path} is not a picture; use a PNG or JPEG file as background.</source>
      <translation>{path} ist kein Bild; nehmen Sie eine PNG- oder JPEG-Datei als Hintergrund.</translation>
    </message>
    <message>
      <location filename="signature.py" />
      <source>The file could not be signed ({reason}).</source>
      <translation>Die Datei konnte nicht signiert werden ({reason}).</translation>
    </message>
    <message>
      <location filename="signature.py" />
      <source>The file could not be signed: its copy was not intact.</source>
      <translation>Die Datei konnte nicht signiert werden: Ihre Kopie war nicht unversehrt.</translation>
    </message>
    <message>
      <location filename="signature.py" />
      <source>The file was replaced before it could be signed.</source>
      <translation>Die Datei wurde ersetzt, bevor sie signiert werden konnte.</translation>
    </message>
    <message>
      <location filename="signature.py" />
      <source>There is no place for a signature in {suffix} files.</source>
      <translation>In {suffix}-Dateien ist kein Platz für eine Signatur.</translation>
    </message>
    <message>
      <location filename="signing_identity.py" />
      <source>The signing key {path} cannot be read ({reason}).</source>
      <translation>Der Signaturschlüssel {path} lässt sich nicht lesen ({reason}).</translation>
    </message>
    <message>
      <location filename="signing_identity.py" />
      <source>The signing key {path} cannot be written ({reason}).</source>
      <translation>Der Signaturschlüssel {path} lässt sich nicht schreiben ({reason}).</translation>
    </message>
    <message>
      <location filename="smoothness.py" />
      <source>Quick or smooth</source>
      <translation>Rasch oder ruhig</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>&amp;Quick</source>
      <translation>&amp;Rasch</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>A&amp;uto</source>
      <translation>A&amp;uto</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>As quick as this computer can be without stumbling</source>
      <translation>So schnell, wie dieser Rechner es ohne Stolpern kann</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>Quick answers your voice sooner; smooth hears more before the lips move and forgives a busy computer.</source>
      <translation>Rasch antwortet früher auf Ihre Stimme; ruhig hört mehr, bevor sich die Lippen bewegen, und verzeiht einen beschäftigten Rechner.</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>Smooth</source>
      <translation>Ruhig</translation>
    </message>
    <message>
      <location filename="source_opener.py" />
      <source>The sound system answers with a fault ({reason}).</source>
      <translation>Das Tonsystem meldet einen Fehler ({reason}).</translation>
    </message>
    <message>
      <location filename="speaker.py" />
      <source>No loudspeaker was found.</source>
      <translation>Es wurde kein Lautsprecher gefunden.</translation>
    </message>
    <message>
      <location filename="speaker.py" />
      <source>The loudspeaker went away.</source>
      <translation>Der Lautsprecher ist nicht mehr da.</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Engine</source>
      <translation>Rechenwerk</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Live in this window</source>
      <translation>Live in diesem Fenster</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Live on “{camera}”</source>
      <translation>Live auf „{camera}“</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Lost pictures</source>
      <translation>Verlorene Bilder</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Muted on “{camera}”</source>
      <translation>Stumm auf „{camera}“</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Muted, in this window only</source>
      <translation>Stumm, nur in diesem Fenster</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Nothing leaves this computer: voice and picture are made here.</source>
      <translation>Nichts verlässt diesen Rechner: Stimme und Bild entstehen hier.</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Pictures that came late or were left out since Start</source>
      <translation>Bilder, die seit dem Start zu spät kamen oder ausfielen</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Status</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Waiting for the first picture …</source>
      <translation>Warte auf das erste Bild …</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>What computes, and which renderer draws</source>
      <translation>Was rechnet, und welcher Renderer zeichnet</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Where the picture goes, and how many a second reach it, of 30</source>
      <translation>Wohin das Bild geht, und wie viele je Sekunde dort ankommen, von 30</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>full</source>
      <translation>voll</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>lite</source>
      <translation>leicht</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>{dropped} dropped, {late} late</source>
      <translation>{dropped} ausgefallen, {late} verspätet</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>{fps} fps</source>
      <translation>{fps} Bilder/s</translation>
    </message>
    <message>
      <location filename="style.py" />
      <source>The title of a style must be 1 to 60 characters on one line.</source>
      <translation>Der Titel eines Stils muss 1 bis 60 Zeichen auf einer Zeile haben.</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>A lively face, slow hands</source>
      <translation>Lebhaftes Gesicht, ruhige Hände</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>As most people talk</source>
      <translation>Wie die meisten reden</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Calm</source>
      <translation>Ruhig</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Energetic</source>
      <translation>Energisch</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Friendly</source>
      <translation>Freundlich</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Learnt from a clip</source>
      <translation>Aus einem Video gelernt</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Lively, with large gestures</source>
      <translation>Lebhaft, mit großen Gesten</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Natural</source>
      <translation>Natürlich</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Presenter</source>
      <translation>Vortragend</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Quiet, looks aside</source>
      <translation>Leise, blickt zur Seite</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Serious</source>
      <translation>Ernst</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Shy</source>
      <translation>Schüchtern</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Smiling and nodding</source>
      <translation>Lächelt und nickt</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Steady, without a smile</source>
      <translation>Gefasst, ohne Lächeln</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Still, with small gestures</source>
      <translation>Still, mit kleinen Gesten</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Storyteller</source>
      <translation>Erzählend</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Styles</source>
      <translation>Stile</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Upright, with both hands</source>
      <translation>Aufrecht, mit beiden Händen</translation>
    </message>
    <message>
      <location filename="style_learning.py" />
      <source>Nothing moves in the clip; choose one in which somebody talks.</source>
      <translation>In dem Video bewegt sich nichts; wählen Sie eines, in dem jemand spricht.</translation>
    </message>
    <message>
      <location filename="style_learning.py" />
      <source>Somebody speaks for only {speaking_s:.1f} s of the clip; a style needs {least_speaking_s:.0f} s or more.</source>
      <translation>In dem Video wird nur {speaking_s:.1f} s lang gesprochen; ein Stil braucht {least_speaking_s:.0f} s oder mehr.</translation>
    </message>
    <message>
      <location filename="style_learning.py" />
      <source>The clip is {clip_s:.1f} s long; a style needs {shortest_s:.0f} s or more, better half a minute.</source>
      <translation>Das Video ist {clip_s:.1f} s lang; ein Stil braucht {shortest_s:.0f} s oder mehr, besser eine halbe Minute.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>The style file {path} cannot be written: {reason}.</source>
      <translation>Die Stildatei {path} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>The style {name!r} cannot be removed: {reason}.</source>
      <translation>Der Stil „{name}“ kann nicht entfernt werden: {reason}.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>The style {name!r} is one that ships and stays; choose another name.</source>
      <translation>Der Stil „{name}“ ist mitgeliefert und bleibt; wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>The style {name!r} is one that ships; it cannot be removed.</source>
      <translation>Der Stil „{name}“ ist mitgeliefert; er kann nicht entfernt werden.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>There is a style {name!r} already; choose another name or give --replace.</source>
      <translation>Einen Stil „{name}“ gibt es schon; wählen Sie einen anderen Namen, oder geben Sie --replace an.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>There is no style named {name!r}; your own: {known}.</source>
      <translation>Es gibt keinen Stil namens „{name}“; Ihre eigenen: {known}.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>{name!r} cannot name a style; use up to 64 small letters a to z, digits, hyphens and underscores.</source>
      <translation>„{name}“ kann kein Stil heißen; nehmen Sie bis zu 64 kleine Buchstaben (a bis z), Ziffern, Binde- und Unterstriche.</translation>
    </message>
    <message>
      <location filename="styles.py" />
      <source>&amp;Remove</source>
      <translation>&amp;Entfernen</translation>
    </message>
    <message>
      <location filename="styles.py" />
      <source>Remove style</source>
      <translation>Stil entfernen</translation>
    </message>
    <message>
      <location filename="styles.py" />
      <source>Remove the style {name}? Your clip is not touched.</source>
      <translation>Den Stil {name} entfernen? Ihr Video bleibt, wie es ist.</translation>
    </message>
    <message>
      <location filename="styles.py" />
      <source>Style</source>
      <translation>Stil</translation>
    </message>
    <message>
      <location filename="task.py" />
      <source>A fault of ours; the details are in {log}.</source>
      <translation>Ein Fehler von uns; Näheres steht in {log}.</translation>
    </message>
    <message>
      <location filename="torch_network.py" />
      <source>torch finds no CUDA device; choose the CPU or mend the driver.</source>
      <translation>torch findet kein CUDA-Gerät; wählen Sie die CPU, oder reparieren Sie den Treiber.</translation>
    </message>
    <message>
      <location filename="torch_painters.py" />
      <source>torch finds no CUDA device; use the lite renderer or mend the driver.</source>
      <translation>torch findet kein CUDA-Gerät; nehmen Sie den leichten Renderer, oder reparieren Sie den Treiber.</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>&amp;Mute</source>
      <translation>Stu&amp;mm</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>&amp;Quit</source>
      <translation>&amp;Beenden</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>&amp;Start</source>
      <translation>&amp;Start</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>&amp;Stop</source>
      <translation>&amp;Stopp</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>ChatAnyone goes on in the tray. Quit it from the menu of its icon.</source>
      <translation>ChatAnyone läuft im Infobereich weiter. Beenden Sie es im Menü seines Symbols.</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>Show &amp;window</source>
      <translation>&amp;Fenster zeigen</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>Show the &amp;card</source>
      <translation>&amp;Karte zeigen</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>The call sees a card in the place of the avatar</source>
      <translation>Das Gespräch sieht eine Karte anstelle des Avatars</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>live</source>
      <translation>live</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>muted</source>
      <translation>stumm</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>starting</source>
      <translation>startet</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>stopped</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>stopping</source>
      <translation>hält an</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>{state}, the card is shown</source>
      <translation>{state}, die Karte wird gezeigt</translation>
    </message>
    <message>
      <location filename="verdict.py" />
      <source>The credentials of {name} are kept on the network; nothing is fetched.</source>
      <translation>Die Herkunftsangaben von {name} liegen im Netz; es wird nichts abgerufen.</translation>
    </message>
    <message>
      <location filename="verdict.py" />
      <source>{name} is damaged and cannot be read ({reason}).</source>
      <translation>{name} ist beschädigt und lässt sich nicht lesen ({reason}).</translation>
    </message>
    <message>
      <location filename="verdict.py" />
      <source>{path} cannot be read ({reason}).</source>
      <translation>{path} lässt sich nicht lesen ({reason}).</translation>
    </message>
    <message>
      <location filename="video_file.py" />
      <source>There is no file {path}; check the name.</source>
      <translation>Es gibt keine Datei {path}; prüfen Sie den Namen.</translation>
    </message>
    <message>
      <location filename="video_file.py" />
      <source>{path} contains no video.</source>
      <translation>{path} enthält kein Video.</translation>
    </message>
    <message>
      <location filename="video_file.py" />
      <source>{path} is not a video file that can be read.</source>
      <translation>{path} ist keine lesbare Videodatei.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>No face is to be seen in {path} for a second or longer; choose a video that shows one person from the front.</source>
      <translation>In {path} ist nirgends eine Sekunde lang ein Gesicht zu sehen; wählen Sie ein Video, das eine Person von vorn zeigt.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>The camera is cut {times} times; only the part from {from_s:.1f} s to {to_s:.1f} s was used.</source>
      <translation>Das Video hat {times} Schnitte; nur der Teil von {from_s:.1f} s bis {to_s:.1f} s wurde verwendet.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>The face is hidden in {hidden:.0%} of the frames.</source>
      <translation>Das Gesicht ist in {hidden:.0%} der Bilder verdeckt.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>The face is small in the picture; lips and eyes are measured coarsely.</source>
      <translation>Das Gesicht ist klein im Bild; Lippen und Augen werden nur grob gemessen.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>There are several people; the one with the largest face was followed.</source>
      <translation>Es sind mehrere Personen da; der mit dem größten Gesicht wurde gefolgt.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>{path} holds no frame that can be read; choose another video.</source>
      <translation>{path} enthält kein lesbares Bild; wählen Sie ein anderes Video.</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Label and view</source>
      <translation>Aufschrift und Ansicht</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Label “AI avatar” in the pictu&amp;re</source>
      <translation>Aufschrift „AI avatar“ im Bil&amp;d</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Lower left</source>
      <translation>Unten links</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Lower right</source>
      <translation>Unten rechts</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>M&amp;irror the preview</source>
      <translation>&amp;Vorschau spiegeln</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>P&amp;lace</source>
      <translation>P&amp;latz</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Place of the label</source>
      <translation>Platz der Aufschrift</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Show yourself as in a mirror. The camera never sends it mirrored.</source>
      <translation>Zeigt Sie wie in einem Spiegel. Die Kamera sendet nie gespiegelt.</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Tells the people in your call that they see an avatar.</source>
      <translation>Sagt den Menschen im Gespräch, dass sie einen Avatar sehen.</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Upper left</source>
      <translation>Oben links</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Upper right</source>
      <translation>Oben rechts</translation>
    </message>
    <message>
      <location filename="voice.py" />
      <source>Voice in the call</source>
      <translation>Stimme im Gespräch</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>&amp;Hold to talk</source>
      <translation>Zum Sprechen &amp;halten</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>&amp;Loudness</source>
      <translation>&amp;Lautstärke</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Automatic (virtual cable)</source>
      <translation>Automatisch (virtuelles Kabel)</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Hold this, or its key, down while you speak</source>
      <translation>Halten Sie dies oder die Taste gedrückt, während Sie sprechen</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>In your call choose “{name}” as the microphone. Your voice is heard {delay} ms late, like the lips.</source>
      <translation>Wählen Sie im Gespräch „{name}“ als Mikrofon. Ihre Stimme ist {delay} ms später zu hören, wie die Lippen.</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Loudness of the voice</source>
      <translation>Lautstärke der Stimme</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Off: the call hears your own microphone, a little before the lips.</source>
      <translation>Aus: Das Gespräch hört Ihr eigenes Mikrofon, etwas vor den Lippen.</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Output of the voice</source>
      <translation>Ausgabe der Stimme</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Pass my &amp;voice on, with the lips</source>
      <translation>S&amp;timme mit den Lippen weitergeben</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Plays your voice on a virtual microphone, as late as the picture, so that people in the call hear and see you together. Without it the call hears you a little before the lips move.</source>
      <translation>Spielt Ihre Stimme auf einem virtuellen Mikrofon, so spät wie das Bild, damit man Sie im Gespräch zugleich hört und sieht. Ohne dies hört man Sie etwas, bevor sich die Lippen bewegen.</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Push to &amp;talk</source>
      <translation>Sprechen auf &amp;Knopfdruck</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Starts together with the avatar.</source>
      <translation>Beginnt zusammen mit dem Avatar.</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Status of the voice</source>
      <translation>Zustand der Stimme</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>You are heard, and the avatar speaks, only while you hold</source>
      <translation>Sie sind zu hören, und der Avatar spricht, nur solange Sie halten</translation>
    </message>
    <message>
      <location filename="voice_out_stream.py" />
      <source>There is no virtual cable; install VB-CABLE (Windows) or BlackHole (macOS), or name the output to use.</source>
      <translation>Es gibt kein virtuelles Kabel; installieren Sie VB-CABLE (Windows) oder BlackHole (macOS), oder nennen Sie den Ausgang.</translation>
    </message>
    <message>
      <location filename="voice_out_stream.py" />
      <source>{name} cannot be opened ({reason}); close programs that use it, or choose another output.</source>
      <translation>{name} lässt sich nicht öffnen ({reason}); schließen Sie Programme, die ihn benutzen, oder wählen Sie einen anderen Ausgang.</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>Drawing the picture</source>
      <translation>Das Zeichnen des Bildes</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>Listening to your voice</source>
      <translation>Das Zuhören</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>Moving the body</source>
      <translation>Die Bewegung des Körpers</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>Moving the face</source>
      <translation>Die Bewegung des Gesichts</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>The camera driver</source>
      <translation>Der Treiber der Kamera</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>{what} hangs; the last picture stands. Where it stays so, press Stop and Start.</source>
      <translation>{what} hängt; das letzte Bild bleibt stehen. Wenn es so bleibt, drücken Sie Stopp und Start.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Choose a picture</source>
      <translation>Bild wählen</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Drop the picture to make an avatar of it.</source>
      <translation>Lassen Sie das Bild los, um daraus einen Avatar zu machen.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Ends the avatar</source>
      <translation>Beendet den Avatar</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Finish the recording (Ctrl+R)</source>
      <translation>Aufnahme beenden (Strg+R)</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Keep this picture as others see it (Ctrl+S)</source>
      <translation>Dieses Bild behalten, wie andere es sehen (Strg+S)</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Muted: your avatar hears nothing.</source>
      <translation>Stumm: Ihr Avatar hört nichts.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Press Start and talk.</source>
      <translation>Drücken Sie Start und sprechen Sie.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Record</source>
      <translation>Aufnehmen</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Record picture and sound (Ctrl+R)</source>
      <translation>Bild und Ton aufnehmen (Strg+R)</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Remove avatar</source>
      <translation>Avatar entfernen</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Remove the avatar {name}? Its files are deleted; your picture is not.</source>
      <translation>Den Avatar {name} entfernen? Seine Dateien werden gelöscht, Ihr Bild nicht.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Snapshot</source>
      <translation>Schnappschuss</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Stop recording</source>
      <translation>Aufnahme beenden</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Stopping …</source>
      <translation>Hält an …</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>The avatar goes on living but hears nothing (Ctrl+M)</source>
      <translation>Der Avatar lebt weiter, hört aber nichts (Strg+M)</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>The call sees this card. Ctrl+D shows your avatar again.</source>
      <translation>Das Gespräch sieht diese Karte. Strg+D zeigt wieder Ihren Avatar.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Un&amp;mute</source>
      <translation>Stumm &amp;aus</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Wakes the avatar up</source>
      <translation>Weckt den Avatar auf</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>card</source>
      <translation>Karte</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>set-up</source>
      <translation>Einrichtung</translation>
    </message>
    <message>
      <location filename="window_menu.py" />
      <source>&amp;ChatAnyone</source>
      <translation>&amp;ChatAnyone</translation>
    </message>
    <message>
      <location filename="window_menu.py" />
      <source>&amp;Keys for every program …</source>
      <translation>&amp;Tasten für alle Programme …</translation>
    </message>
    <message>
      <location filename="window_menu.py" />
      <source>&amp;Remote control …</source>
      <translation>&amp;Fernsteuerung …</translation>
    </message>
    <message>
      <location filename="window_menu.py" />
      <source>Set &amp;up again …</source>
      <translation>Neu ein&amp;richten …</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>&amp;Back</source>
      <translation>&amp;Zurück</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>&amp;Go live</source>
      <translation>&amp;Live gehen</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>&amp;Next</source>
      <translation>&amp;Weiter</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>&amp;Skip the set-up</source>
      <translation>Einrichtung ü&amp;berspringen</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>Set up ChatAnyone</source>
      <translation>ChatAnyone einrichten</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>Step {step} of {steps}</source>
      <translation>Schritt {step} von {steps}</translation>
    </message>
    <message>
      <location filename="worker.py" />
      <source>A fault of ours got in the way; the details are in {log}.</source>
      <translation>Ein Fehler von uns kam dazwischen; Näheres steht in {log}.</translation>
    </message>
  </context>
</TS>
