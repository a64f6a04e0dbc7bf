<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
  <context>
    <name>ChatAnyone</name>
    <message>
      <location filename="appearance.py" />
      <source>&amp;Theme</source>
      <translation>&amp;Tema</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Appearance</source>
      <translation>Aspecto</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>As the system has it</source>
      <translation>Como en el sistema</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Dark</source>
      <translation>Oscuro</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Lan&amp;guage</source>
      <translation>I&amp;dioma</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Language</source>
      <translation>Idioma</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Light</source>
      <translation>Claro</translation>
    </message>
    <message>
      <location filename="appearance.py" />
      <source>Theme</source>
      <translation>Tema</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>The avatar {name!r} is damaged (fit.npz: {reason}); import it again.</source>
      <translation>El avatar «{name}» está dañado (fit.npz: {reason}); impórtelo de nuevo.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>The avatar {name!r} is damaged: {file} is missing or not {width}x{height}.</source>
      <translation>El avatar «{name}» está dañado: {file} falta o no es de {width}x{height}.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>The avatar {name!r} is damaged: {file}.</source>
      <translation>El avatar «{name}» está dañado: {file}.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>There are no avatars: the installation is incomplete, install it again.</source>
      <translation>No hay avatares: la instalación está incompleta; instálela de nuevo.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>There is no avatar named {name!r}; choose one of: {known}.</source>
      <translation>No hay ningún avatar llamado «{name}»; elija uno de: {known}.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>{name!r} is not a name for an avatar; choose one of: {known}.</source>
      <translation>«{name}» no es nombre para un avatar; elija uno de: {known}.</translation>
    </message>
    <message>
      <location filename="avatar.py" />
      <source>{name} is a picture and no avatar yet; import it with `avatar import`, or choose one of: {known}.</source>
      <translation>{name} es una imagen y todavía no un avatar; impórtela con `avatar import` o elija uno de: {known}.</translation>
    </message>
    <message>
      <location filename="avatar_name.py" />
      <source>There is an avatar named {name!r} already; choose another name, or replace it (avatar import --replace).</source>
      <translation>Ya hay un avatar llamado «{name}»; elija otro nombre o reemplácelo (avatar import --replace).</translation>
    </message>
    <message>
      <location filename="avatar_name.py" />
      <source>{name!r} cannot be the name of an avatar; choose another one.</source>
      <translation>«{name}» no puede ser el nombre de un avatar; elija otro.</translation>
    </message>
    <message>
      <location filename="avatar_name.py" />
      <source>{name!r} cannot be the name of an avatar; use up to 64 letters (a to z), digits, spaces, '-' and '_', beginning with a letter or digit.</source>
      <translation>«{name}» no puede ser el nombre de un avatar; use hasta 64 letras (de la a a la z), cifras, espacios, «-» y «_», y empiece por una letra o una cifra.</translation>
    </message>
    <message>
      <location filename="avatar_name.py" />
      <source>{name!r} is an avatar of the gallery; choose another name.</source>
      <translation>«{name}» es un avatar de la galería; elija otro nombre.</translation>
    </message>
    <message>
      <location filename="avatar_page.py" />
      <source>Avatar</source>
      <translation>Avatar</translation>
    </message>
    <message>
      <location filename="avatar_page.py" />
      <source>Waking up …</source>
      <translation>Despertando …</translation>
    </message>
    <message>
      <location filename="avatar_page.py" />
      <source>Who shall speak for you? A picture of your own can be added later in the window.</source>
      <translation>¿Quién hablará por usted? Más tarde puede añadir una imagen propia en la ventana.</translation>
    </message>
    <message>
      <location filename="avatar_picker.py" />
      <source>Avatars</source>
      <translation>Avatares</translation>
    </message>
    <message>
      <location filename="avatars.py" />
      <source>Make an avatar from a picture (or drop one here)</source>
      <translation>Hacer un avatar con una imagen (o arrastrarla aquí)</translation>
    </message>
    <message>
      <location filename="avatars.py" />
      <source>Who speaks</source>
      <translation>Quién habla</translation>
    </message>
    <message>
      <location filename="avatars.py" />
      <source>Your own picture …</source>
      <translation>Una imagen propia …</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>A picture of your own</source>
      <translation>Una imagen propia</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Another colour …</source>
      <translation>Otro color …</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>As in the portrait</source>
      <translation>Como en el retrato</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Background</source>
      <translation>Fondo</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Blue</source>
      <translation>Azul</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Blurred</source>
      <translation>Difuso</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Choose a background</source>
      <translation>Elegir un fondo</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Choose a picture …</source>
      <translation>Elegir una imagen …</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Colour</source>
      <translation>Color</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Colour of the background</source>
      <translation>Color del fondo</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Dark grey</source>
      <translation>Gris oscuro</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Green</source>
      <translation>Verde</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Green for keying</source>
      <translation>Verde para croma</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Light grey</source>
      <translation>Gris claro</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>One colour</source>
      <translation>Un color</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Original</source>
      <translation>Original</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Pictures</source>
      <translation>Imágenes</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Purple</source>
      <translation>Morado</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Sand</source>
      <translation>Arena</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Terracotta</source>
      <translation>Terracota</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>The portrait's own, out of focus</source>
      <translation>El del retrato, desenfocado</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>Until you choose one, the original background stays.</source>
      <translation>Hasta que elija una, se queda el fondo original.</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>{name} is gone; the original is shown.</source>
      <translation>{name} ya no está; se muestra el fondo original.</translation>
    </message>
    <message>
      <location filename="background.py" />
      <source>{name} is not a picture; choose a PNG or JPEG file.</source>
      <translation>{name} no es una imagen; elija un archivo PNG o JPEG.</translation>
    </message>
    <message>
      <location filename="background_signing.py" />
      <source>A fault of ours kept the file from being signed.</source>
      <translation>Un fallo nuestro impidió firmar el archivo.</translation>
    </message>
    <message>
      <location filename="background_signing.py" />
      <source>Signing the file was given up.</source>
      <translation>Se canceló la firma del archivo.</translation>
    </message>
    <message>
      <location filename="c2pa_library.py" />
      <source>The C2PA library cannot be loaded ({reason}).</source>
      <translation>No se puede cargar la biblioteca C2PA ({reason}).</translation>
    </message>
    <message>
      <location filename="c2pa_library.py" />
      <source>The package c2pa-python is damaged: no library in {folder}.</source>
      <translation>El paquete c2pa-python está dañado: no hay biblioteca en {folder}.</translation>
    </message>
    <message>
      <location filename="c2pa_library.py" />
      <source>The package c2pa-python is not installed.</source>
      <translation>El paquete c2pa-python no está instalado.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source> while {programs} use it</source>
      <translation> mientras {programs} la usan</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source> while {program} uses it</source>
      <translation> mientras {program} la usa</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>"{camera}" is no virtual camera ({reasons}); choose one of: {known}.</source>
      <translation>«{camera}» no es una cámara virtual ({reasons}); elija una de estas: {known}.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>Another program took the camera {camera}{users}; close it.</source>
      <translation>Otro programa ha tomado la cámara {camera}{users}; ciérrelo.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>Loo&amp;k again</source>
      <translation>Buscar de n&amp;uevo</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>Look for a virtual camera again</source>
      <translation>Buscar de nuevo una cámara virtual</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>No virtual camera "{camera}" could be opened ({reasons}); {fix}.</source>
      <translation>No se pudo abrir ninguna cámara virtual «{camera}» ({reasons}); {fix}.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>No virtual camera could be opened ({reasons}); {fix}.</source>
      <translation>No se pudo abrir ninguna cámara virtual ({reasons}); {fix}.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>Send to the &amp;camera</source>
      <translation>Enviar a la &amp;cámara</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The camera {camera} takes no more frames ({error}).</source>
      <translation>La cámara {camera} ya no acepta imágenes ({error}).</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The camera {camera} went away ({reasons}); load its driver again.</source>
      <translation>La cámara {camera} ha desaparecido ({reasons}); vuelva a cargar su controlador.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The camera {camera} went away; load its driver again.</source>
      <translation>La cámara {camera} ha desaparecido; vuelva a cargar su controlador.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The driver of the camera {camera} was loaded again.</source>
      <translation>Se volvió a cargar el controlador de la cámara {camera}.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>The virtual camera {camera} is in use or cannot be opened{users} ({reasons}); close the program that sends to it.</source>
      <translation>La cámara virtual {camera} está en uso o no se puede abrir{users} ({reasons}); cierre el programa que le envía imágenes.</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>install OBS Studio 30 or newer, start its virtual camera once and close OBS</source>
      <translation>instale OBS Studio 30 o posterior, inicie una vez su cámara virtual y cierre OBS</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>install OBS Studio 30 or newer, which brings the OBS Virtual Camera, and close OBS</source>
      <translation>instale OBS Studio 30 o posterior, que incluye la OBS Virtual Camera, y cierre OBS</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>install v4l2loopback and load it: `sudo apt install v4l2loopback-dkms` and `sudo modprobe v4l2loopback exclusive_caps=1 card_label="ChatAnyone Camera"`</source>
      <translation>instale v4l2loopback y cárguelo: `sudo apt install v4l2loopback-dkms` y `sudo modprobe v4l2loopback exclusive_caps=1 card_label="ChatAnyone Camera"`</translation>
    </message>
    <message>
      <location filename="camera.py" />
      <source>pyvirtualcam cannot be loaded ({error}); run `pip install -r requirements.txt`.</source>
      <translation>No se puede cargar pyvirtualcam ({error}); ejecute `pip install -r requirements.txt`.</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>Camera status</source>
      <translation>Estado de la cámara</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>Choose “{name}” as the camera in your call.</source>
      <translation>Elija «{name}» como cámara en su llamada.</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>Looking for a virtual camera …</source>
      <translation>Buscando una cámara virtual …</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>Off: the avatar is shown in this window only.</source>
      <translation>Desactivada: el avatar solo se ve en esta ventana.</translation>
    </message>
    <message>
      <location filename="camera_line.py" />
      <source>The preview works without it.</source>
      <translation>La vista previa funciona sin ella.</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>&amp;Look again</source>
      <translation>&amp;Buscar de nuevo</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>Calls see the avatar through a virtual camera: a driver, put in once.</source>
      <translation>Las llamadas ven el avatar a través de una cámara virtual: un controlador que se instala una vez.</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>Copy</source>
      <translation>Copiar</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>Copy “{command}”</source>
      <translation>Copiar «{command}»</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>In Zoom choose it under Settings, Video; in Teams under Settings, Devices; in Meet and other web pages from the menu beside the camera's button.</source>
      <translation>En Zoom elíjala en Configuración, Vídeo; en Teams en Configuración, Dispositivos; en Meet y otras páginas, en el menú junto al botón de la cámara.</translation>
    </message>
    <message>
      <location filename="camera_page.py" />
      <source>You can also go on and do this later.</source>
      <translation>También puede seguir y hacerlo más tarde.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Have it loaded at every start of the computer:</source>
      <translation>Haga que se cargue en cada inicio del ordenador:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Install OBS Studio 30 or newer; it brings the camera driver.</source>
      <translation>Instale OBS Studio 30 o posterior; trae el controlador de la cámara.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Install the driver:</source>
      <translation>Instale el controlador:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Install v4l2loopback with your distribution's package manager.</source>
      <translation>Instale v4l2loopback con el gestor de paquetes de su distribución.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Load it:</source>
      <translation>Cárguelo:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Open a terminal and add RPM Fusion, which has the driver:</source>
      <translation>Abra un terminal y añada RPM Fusion, que tiene el controlador:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Open a terminal and install the driver:</source>
      <translation>Abra un terminal e instale el controlador:</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Restart the Mac where it asks for that, then close OBS.</source>
      <translation>Reinicie el Mac si lo pide y cierre OBS.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Start OBS once and press “Start Virtual Camera”. Allow the system extension in System Settings, General, Login Items &amp; Extensions.</source>
      <translation>Abra OBS una vez y pulse «Iniciar cámara virtual». Permita la extensión del sistema en Ajustes del Sistema, General, Ítems de inicio &amp; extensiones.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Start OBS once, press “Start Virtual Camera”, then close OBS again.</source>
      <translation>Abra OBS una vez, pulse «Iniciar cámara virtual» y cierre OBS.</translation>
    </message>
    <message>
      <location filename="camera_steps.py" />
      <source>Where loading says “Key was rejected”, Secure Boot is on: enrol the key that the driver was signed with, restart, and choose “Enroll MOK”:</source>
      <translation>Si al cargarlo dice «Key was rejected», Secure Boot está activado: registre la clave con la que se firmó el controlador, reinicie y elija «Enroll MOK»:</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Close</source>
      <translation>Cerrar</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Close the line</source>
      <translation>Cerrar la línea</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Kept and signed: {file}</source>
      <translation>Guardado y firmado: {file}</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Kept, not signed: {file}.</source>
      <translation>Guardado, sin firmar: {file}.</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Open &amp;folder</source>
      <translation>Abrir la &amp;carpeta</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Recording and snapshots</source>
      <translation>Grabaciones e instantáneas</translation>
    </message>
    <message>
      <location filename="capture_bar.py" />
      <source>Recording {time}</source>
      <translation>Grabando {time}</translation>
    </message>
    <message>
      <location filename="captures.py" />
      <source>{folder} cannot be made ({reason}).</source>
      <translation>No se puede crear {folder} ({reason}).</translation>
    </message>
    <message>
      <location filename="captures.py" />
      <source>{path} could not be written; check the disk's free space.</source>
      <translation>No se pudo escribir {path}; compruebe el espacio libre del disco.</translation>
    </message>
    <message>
      <location filename="card_grid.py" />
      <source>&amp;Remove {name} …</source>
      <translation>&amp;Quitar a {name} …</translation>
    </message>
    <message>
      <location filename="card_grid.py" />
      <source>{name} (your own; right-click to remove)</source>
      <translation>{name} (propio; clic derecho para quitarlo)</translation>
    </message>
    <message>
      <location filename="consent.py" />
      <source>I have the right to use this picture, and the person it shows agrees to being made to speak.</source>
      <translation>Tengo derecho a usar esta imagen, y la persona que muestra está de acuerdo en que se la haga hablar.</translation>
    </message>
    <message>
      <location filename="control_panel.py" />
      <source>Pages</source>
      <translation>Páginas</translation>
    </message>
    <message>
      <location filename="device_name.py" />
      <source>"{name}" fits several; choose one of: {known}.</source>
      <translation>«{name}» coincide con varios; elija uno de: {known}.</translation>
    </message>
    <message>
      <location filename="device_name.py" />
      <source>There is no {kind} "{name}"; choose one of: {known}.</source>
      <translation>No existe «{name}» ({kind}); elija entre: {known}.</translation>
    </message>
    <message>
      <location filename="engine.py" />
      <source>{tier} on {provider}</source>
      <translation>{tier} en {provider}</translation>
    </message>
    <message>
      <location filename="engine_room.py" />
      <source>That choice cannot be had.</source>
      <translation>Esa elección no es posible.</translation>
    </message>
    <message>
      <location filename="engine_room.py" />
      <source>{reason} The avatar stays as it is.</source>
      <translation>{reason} El avatar se queda como está.</translation>
    </message>
    <message>
      <location filename="face_choice.py" />
      <source>No face was found in the picture; use one that shows the face from the front, or give the places of eyes and mouth (avatar import --points).</source>
      <translation>No se encontró ninguna cara en la imagen; use una que muestre la cara de frente o indique dónde están los ojos y la boca (avatar import --points).</translation>
    </message>
    <message>
      <location filename="face_choice.py" />
      <source>The face cannot be made out; use a picture in which eyes, nose and mouth are free and sharp, or give the places of eyes and mouth (avatar import --points).</source>
      <translation>No se distingue la cara; use una imagen en la que los ojos, la nariz y la boca estén libres y nítidos, o indique dónde están los ojos y la boca (avatar import --points).</translation>
    </message>
    <message>
      <location filename="face_choice.py" />
      <source>The picture has no face {number}; there are {count}, counted from 1 from the left.</source>
      <translation>La imagen no tiene la cara {number}; hay {count}, contadas desde 1 por la izquierda.</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>&amp;Zoom</source>
      <translation>&amp;Zoom</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Brings the face closer</source>
      <translation>Acerca la cara</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Everything that the portrait shows</source>
      <translation>Todo lo que muestra el retrato</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Framing</source>
      <translation>Encuadre</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Head and shoulders, close</source>
      <translation>Cabeza y hombros, de cerca</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>In full sharpness, from the head to the waist</source>
      <translation>Con toda la nitidez, de la cabeza a la cintura</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Portrait</source>
      <translation>Retrato</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Shoulders</source>
      <translation>Hombros</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Whole</source>
      <translation>Completo</translation>
    </message>
    <message>
      <location filename="framing.py" />
      <source>Zoom</source>
      <translation>Zoom</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Card, or avatar again</source>
      <translation>Tarjeta, o de nuevo el avatar</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Global hotkeys are unavailable: this desktop has none that can be used.</source>
      <translation>No hay teclas globales: este escritorio no ofrece ninguna.</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Mute, or listen again</source>
      <translation>Silenciar, o escuchar de nuevo</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Next style</source>
      <translation>Estilo siguiente</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Off.</source>
      <translation>Apagado.</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>Talk while it is held</source>
      <translation>Hablar mientras se mantiene pulsada</translation>
    </message>
    <message>
      <location filename="hotkeys.py" />
      <source>They work in every program.</source>
      <translation>Funcionan en todos los programas.</translation>
    </message>
    <message>
      <location filename="hotkeys_dialog.py" />
      <source>&amp;Use these keys in every program</source>
      <translation>&amp;Usar estas teclas en todos los programas</translation>
    </message>
    <message>
      <location filename="hotkeys_dialog.py" />
      <source>Keys for every program</source>
      <translation>Teclas para todos los programas</translation>
    </message>
    <message>
      <location filename="hotkeys_dialog.py" />
      <source>Whether they work</source>
      <translation>Si funcionan</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>&amp;Face</source>
      <translation>&amp;Cara</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>&amp;Import</source>
      <translation>&amp;Importar</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>&amp;Name</source>
      <translation>&amp;Nombre</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>A good picture: nothing stands in the way.</source>
      <translation>Una buena imagen: nada lo impide.</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>Avatar from a picture</source>
      <translation>Avatar a partir de una imagen</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>Looking at the picture …</source>
      <translation>Mirando la imagen …</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>The picture stays on this machine. It becomes a folder of its own among your avatars.</source>
      <translation>La imagen no sale de este equipo. Será una carpeta más entre sus avatares.</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>The portrait</source>
      <translation>El retrato</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>Which face</source>
      <translation>Qué cara</translation>
    </message>
    <message>
      <location filename="import_dialog.py" />
      <source>{number} from the left</source>
      <translation>{number}.ª por la izquierda</translation>
    </message>
    <message>
      <location filename="kept.py" />
      <source>Choose a folder</source>
      <translation>Elegir una carpeta</translation>
    </message>
    <message>
      <location filename="kept.py" />
      <source>Folder</source>
      <translation>Carpeta</translation>
    </message>
    <message>
      <location filename="kept.py" />
      <source>Other folder …</source>
      <translation>Otra carpeta …</translation>
    </message>
    <message>
      <location filename="kept.py" />
      <source>Snapshots and recordings</source>
      <translation>Instantáneas y grabaciones</translation>
    </message>
    <message>
      <location filename="latency_check.py" />
      <source>No picture was shown; close busy programs and try again.</source>
      <translation>No se mostró ninguna imagen; cierre otros programas e inténtelo de nuevo.</translation>
    </message>
    <message>
      <location filename="latency_check.py" />
      <source>The mouth answered no click in time; close busy programs and try again.</source>
      <translation>La boca no respondió a tiempo a ningún chasquido; cierre otros programas e inténtelo de nuevo.</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Buffer</source>
      <translation>Búfer</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Camera</source>
      <translation>Cámara</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>From the microphone to the camera: half of the pictures take less</source>
      <translation>Del micrófono a la cámara: la mitad de las imágenes tarda menos</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Latency</source>
      <translation>Retardo</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Look-ahead</source>
      <translation>Anticipación</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Motion</source>
      <translation>Movimiento</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Parts of the latency</source>
      <translation>Partes del retardo</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Picture</source>
      <translation>Imagen</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>Sound card</source>
      <translation>Tarjeta de sonido</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>drawing the avatar</source>
      <translation>dibujar el avatar</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>finding how face and body move</source>
      <translation>hallar cómo se mueven la cara y el cuerpo</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>in hand, so that pictures leave evenly</source>
      <translation>en reserva, para que las imágenes salgan con regularidad</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>until the driver has the picture</source>
      <translation>hasta que el controlador tiene la imagen</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>until the sound is here; also while the picture before is held</source>
      <translation>hasta que llega el sonido; también mientras se retiene la imagen anterior</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>what the lips hear before they move</source>
      <translation>lo que oyen los labios antes de moverse</translation>
    </message>
    <message>
      <location filename="latency_panel.py" />
      <source>{median} ms as a rule, {slow} ms at most (95 of 100)</source>
      <translation>{median} ms por lo general, {slow} ms como mucho (95 de 100)</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>&amp;Learn</source>
      <translation>&amp;Aprender</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>About your own style</source>
      <translation>Sobre el estilo propio</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>All</source>
      <translation>Todos</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Cancel</source>
      <translation>Cancelar</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Choose a clip</source>
      <translation>Elegir un vídeo</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Following the person … {percent} %</source>
      <translation>Siguiendo a la persona … {percent} %</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>From a video of one person who talks to the camera for half a minute. It stays on this machine; only 14 numbers of how they move are kept.</source>
      <translation>De un vídeo en el que una persona habla a la cámara durante medio minuto. No sale de este equipo; solo se guardan 14 números sobre su forma de moverse.</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>How shall the style of {clip} be called?</source>
      <translation>¿Cómo se llamará el estilo de {clip}?</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Learn from a clip …</source>
      <translation>Aprender de un vídeo …</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Learnt “{title}”; of the others, {nearest} comes closest.</source>
      <translation>Aprendido «{title}»; el más parecido es {nearest}.</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Name of the style</source>
      <translation>Nombre del estilo</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Progress</source>
      <translation>Progreso</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Videos and recorded motions</source>
      <translation>Vídeos y movimientos grabados</translation>
    </message>
    <message>
      <location filename="learn.py" />
      <source>Your own style</source>
      <translation>Su propio estilo</translation>
    </message>
    <message>
      <location filename="level_line.py" />
      <source>Microphone advice</source>
      <translation>Consejo sobre el micrófono</translation>
    </message>
    <message>
      <location filename="level_line.py" />
      <source>No sound: is the microphone muted?</source>
      <translation>No hay sonido: ¿está silenciado el micrófono?</translation>
    </message>
    <message>
      <location filename="level_line.py" />
      <source>Too loud: turn the microphone down.</source>
      <translation>Demasiado alto: baje el micrófono.</translation>
    </message>
    <message>
      <location filename="level_line.py" />
      <source>Too quiet: come closer, or turn the microphone up.</source>
      <translation>Demasiado bajo: acérquese o suba el micrófono.</translation>
    </message>
    <message>
      <location filename="level_meter.py" />
      <source>How loud your microphone is. Speaking should reach the right half.</source>
      <translation>El volumen de su micrófono. Al hablar debería llegar a la mitad derecha.</translation>
    </message>
    <message>
      <location filename="level_meter.py" />
      <source>Microphone level</source>
      <translation>Nivel del micrófono</translation>
    </message>
    <message>
      <location filename="message_bar.py" />
      <source>Close the message</source>
      <translation>Cerrar el mensaje</translation>
    </message>
    <message>
      <location filename="message_bar.py" />
      <source>Message</source>
      <translation>Mensaje</translation>
    </message>
    <message>
      <location filename="microphone.py" />
      <source>Micr&amp;ophone</source>
      <translation>Micróf&amp;ono</translation>
    </message>
    <message>
      <location filename="microphone.py" />
      <source>{name} cannot be opened ({reason}); close programs that use it, check the permission for the microphone, or choose another one.</source>
      <translation>No se puede abrir {name} ({reason}); cierre los programas que lo usan, compruebe el permiso del micrófono o elija otro.</translation>
    </message>
    <message>
      <location filename="microphone.py" />
      <source>{name} runs at {rate_hz} Hz, which is not supported.</source>
      <translation>{name} funciona a {rate_hz} Hz, lo cual no se admite.</translation>
    </message>
    <message>
      <location filename="microphone.py" />
      <source>{name} sends no more sound; check that it is plugged in.</source>
      <translation>{name} ya no envía sonido; compruebe que está conectado.</translation>
    </message>
    <message>
      <location filename="microphone_list.py" />
      <source>No microphone was found; plug one in and allow this program to use it in the system's privacy settings.</source>
      <translation>No se encontró ningún micrófono; conecte uno y permita a este programa usarlo en los ajustes de privacidad del sistema.</translation>
    </message>
    <message>
      <location filename="microphone_list.py" />
      <source>microphone</source>
      <translation>micrófono</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>&amp;Try again</source>
      <translation>&amp;Intentar de nuevo</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Listening in a moment …</source>
      <translation>En un momento se escucha …</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Nothing is heard yet: say something.</source>
      <translation>Aún no se oye nada: diga algo.</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Too loud: turn the microphone down, or go back a little.</source>
      <translation>Demasiado alto: baje el micrófono o aléjese un poco.</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Very quiet: come closer, or turn the microphone up.</source>
      <translation>Muy bajo: acérquese o suba el micrófono.</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Well heard.</source>
      <translation>Se oye bien.</translation>
    </message>
    <message>
      <location filename="microphone_page.py" />
      <source>Your voice moves the avatar. It is not recorded and never leaves this computer.</source>
      <translation>Su voz mueve el avatar. No se graba y nunca sale de este ordenador.</translation>
    </message>
    <message>
      <location filename="microphone_picker.py" />
      <source>Microphone</source>
      <translation>Micrófono</translation>
    </message>
    <message>
      <location filename="microphone_picker.py" />
      <source>System default</source>
      <translation>El del sistema</translation>
    </message>
    <message>
      <location filename="microphone_picker.py" />
      <source>{name} (not connected)</source>
      <translation>{name} (no conectado)</translation>
    </message>
    <message>
      <location filename="model_folder.py" />
      <source>The config.json of the model {name} is damaged; install the application again.</source>
      <translation>El config.json del modelo {name} está dañado; instale de nuevo la aplicación.</translation>
    </message>
    <message>
      <location filename="model_folder.py" />
      <source>The file {key} is missing or damaged; install the application again.</source>
      <translation>El archivo {key} falta o está dañado; instale de nuevo la aplicación.</translation>
    </message>
    <message>
      <location filename="model_folder.py" />
      <source>The model {model} lacks its file {name}; install it again.</source>
      <translation>Al modelo {model} le falta el archivo {name}; instálelo de nuevo.</translation>
    </message>
    <message>
      <location filename="model_folder.py" />
      <source>There is no model in {path}; install the application again.</source>
      <translation>No hay ningún modelo en {path}; instale de nuevo la aplicación.</translation>
    </message>
    <message>
      <location filename="motion_file.py" />
      <source>There is no motion to save yet.</source>
      <translation>Todavía no hay ningún movimiento que guardar.</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>&amp;Gesture</source>
      <translation>&amp;Gestos</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>&amp;Head</source>
      <translation>Ca&amp;beza</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>E&amp;xpression</source>
      <translation>E&amp;xpresión</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>How much shoulders, arms and hands move</source>
      <translation>Cuánto se mueven hombros, brazos y manos</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>How much the head moves</source>
      <translation>Cuánto se mueve la cabeza</translation>
    </message>
    <message>
      <location filename="motion_sliders.py" />
      <source>How strongly the face shows what the voice does</source>
      <translation>Con qué intensidad la cara muestra lo que hace la voz</translation>
    </message>
    <message>
      <location filename="movement.py" />
      <source>Movement</source>
      <translation>Movimiento</translation>
    </message>
    <message>
      <location filename="network.py" />
      <source>The CUDA engine needs torch; install it or choose the CPU.</source>
      <translation>El motor CUDA necesita torch; instálelo o elija la CPU.</translation>
    </message>
    <message>
      <location filename="network.py" />
      <source>The graphics card cannot be used ({reason}); the CPU computes instead.</source>
      <translation>No se puede usar la tarjeta gráfica ({reason}); en su lugar calcula la CPU.</translation>
    </message>
    <message>
      <location filename="null_sink.py" />
      <source>A microphone of our own needs pactl; install it with `sudo apt install pulseaudio-utils`.</source>
      <translation>Un micrófono propio necesita pactl; instálelo con `sudo apt install pulseaudio-utils`.</translation>
    </message>
    <message>
      <location filename="null_sink.py" />
      <source>The sound server does not answer ({reason}).</source>
      <translation>El servidor de sonido no responde ({reason}).</translation>
    </message>
    <message>
      <location filename="null_sink.py" />
      <source>The sound server refused `pactl {command}` ({reason}).</source>
      <translation>El servidor de sonido rechazó `pactl {command}` ({reason}).</translation>
    </message>
    <message>
      <location filename="null_sink.py" />
      <source>The voice does not go through PulseAudio or PipeWire; choose an output by name.</source>
      <translation>La voz no pasa por PulseAudio ni PipeWire; elija una salida por su nombre.</translation>
    </message>
    <message>
      <location filename="output_list.py" />
      <source>No sound output was found; plug one in, or install a virtual cable such as VB-CABLE.</source>
      <translation>No se encontró ninguna salida de sonido; conecte una o instale un cable virtual como VB-CABLE.</translation>
    </message>
    <message>
      <location filename="output_list.py" />
      <source>sound output</source>
      <translation>salida de sonido</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>&amp;Avatar</source>
      <translation>&amp;Avatar</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>&amp;Picture</source>
      <translation>&amp;Imagen</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>Mor&amp;e</source>
      <translation>&amp;Más</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>Sou&amp;nd</source>
      <translation>&amp;Sonido</translation>
    </message>
    <message>
      <location filename="pages.py" />
      <source>St&amp;yle</source>
      <translation>&amp;Estilo</translation>
    </message>
    <message>
      <location filename="painters_choice.py" />
      <source>The full renderer is not part of this version; use the lite one.</source>
      <translation>El renderizador completo no forma parte de esta versión; use el ligero.</translation>
    </message>
    <message>
      <location filename="painters_choice.py" />
      <source>The full renderer needs an NVIDIA graphics card to keep up with a voice; use the lite one.</source>
      <translation>El renderizador completo necesita una tarjeta gráfica NVIDIA para seguir el ritmo de una voz; use el ligero.</translation>
    </message>
    <message>
      <location filename="painters_choice.py" />
      <source>Without an NVIDIA graphics card the full renderer takes about a second a picture.</source>
      <translation>Sin una tarjeta gráfica de NVIDIA, el renderizador completo tarda cerca de un segundo por imagen.</translation>
    </message>
    <message>
      <location filename="painters_engine.py" />
      <source>The full renderer needs torch on a GPU; use the lite one.</source>
      <translation>El renderizador completo necesita torch en una tarjeta gráfica; use el ligero.</translation>
    </message>
    <message>
      <location filename="patient_camera.py" />
      <source>The camera driver answers with a fault ({reason}); close other programs that use the camera.</source>
      <translation>El controlador de la cámara responde con un fallo ({reason}); cierre otros programas que usen la cámara.</translation>
    </message>
    <message>
      <location filename="patient_source.py" />
      <source>The system uses another microphone now.</source>
      <translation>El sistema usa ahora otro micrófono.</translation>
    </message>
    <message>
      <location filename="patient_source.py" />
      <source>Waiting for {name}: your avatar goes on without it. {reason}</source>
      <translation>Esperando a {name}: su avatar sigue sin él. {reason}</translation>
    </message>
    <message>
      <location filename="patient_source.py" />
      <source>{name} changed its rate.</source>
      <translation>{name} ha cambiado su frecuencia de muestreo.</translation>
    </message>
    <message>
      <location filename="patient_source.py" />
      <source>{name} is switched on but sends silence only; unmute it (by its own switch or in the system's sound settings) and allow this program to hear it.</source>
      <translation>{name} está encendido pero solo envía silencio; quite el silencio (con su interruptor o en los ajustes de sonido del sistema) y permita a este programa oírlo.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>There is no picture {path}; check the path.</source>
      <translation>No existe la imagen {path}; compruebe la ruta.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{name} has more than {millions} million pixels; save it smaller, 4000 pixels are enough.</source>
      <translation>{name} tiene más de {millions} millones de píxeles; guárdela más pequeña, bastan 4000 píxeles.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{name} has only {width}x{height} pixels; use a larger picture.</source>
      <translation>{name} tiene solo {width}x{height} píxeles; use una imagen más grande.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{name} is damaged ({reason}); save or copy it again.</source>
      <translation>{name} está dañada ({reason}); guárdela o cópiela de nuevo.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{name} is not a picture that can be read; use a JPEG, PNG, WebP or HEIC file.</source>
      <translation>{name} no es una imagen que se pueda leer; use un archivo JPEG, PNG, WebP o HEIC.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} cannot be opened ({reason}); check it.</source>
      <translation>No se puede abrir {path} ({reason}); compruébelo.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is a folder; name a picture in it.</source>
      <translation>{path} es una carpeta; indique una imagen que contenga.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is damaged or cut off ({reason}); save or copy it again.</source>
      <translation>{path} está dañada o incompleta ({reason}); guárdela o cópiela de nuevo.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is empty; save or copy the picture again.</source>
      <translation>{path} está vacío; guarde o copie la imagen de nuevo.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is larger than 400 MB; save it as JPEG or PNG.</source>
      <translation>{path} ocupa más de 400 MB; guárdela como JPEG o PNG.</translation>
    </message>
    <message>
      <location filename="picture_file.py" />
      <source>{path} is no ordinary file; name a picture.</source>
      <translation>{path} no es un archivo normal; indique una imagen.</translation>
    </message>
    <message>
      <location filename="picture_import.py" />
      <source>There is an avatar named {name} already; choose another name.</source>
      <translation>Ya hay un avatar llamado {name}; elija otro nombre.</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>The PortAudio library is missing; {hint}.</source>
      <translation>Falta la biblioteca PortAudio; {hint}.</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>The Python package sounddevice is missing; run `pip install -r requirements.txt`.</source>
      <translation>Falta el paquete de Python sounddevice; ejecute `pip install -r requirements.txt`.</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>install it with `brew install portaudio`</source>
      <translation>instálela con `brew install portaudio`</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>install it with `sudo apt install libportaudio2`</source>
      <translation>instálela con `sudo apt install libportaudio2`</translation>
    </message>
    <message>
      <location filename="portaudio.py" />
      <source>reinstall the Python package sounddevice</source>
      <translation>instale de nuevo el paquete de Python sounddevice</translation>
    </message>
    <message>
      <location filename="preview.py" />
      <source>Preview of the avatar</source>
      <translation>Vista previa del avatar</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Choose another one by its number (avatar import --face), or show one person only.</source>
      <translation>Elija otra por su número (avatar import --face) o muestre una sola persona.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Give the points as exactly as you can.</source>
      <translation>Indique los puntos con la mayor exactitud posible.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>No face was recognised; it is moved by the points you gave.</source>
      <translation>No se reconoció ninguna cara; se mueve según los puntos que indicó.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Something covers the mouth, so it cannot speak well.</source>
      <translation>Algo tapa la boca, así que no puede hablar bien.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The eyes are closed.</source>
      <translation>Los ojos están cerrados.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The eyes cannot be seen, so they neither blink nor look around.</source>
      <translation>No se ven los ojos, así que no parpadean ni miran alrededor.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is blurred.</source>
      <translation>La cara está borrosa.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is dark.</source>
      <translation>La cara está oscura.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is overexposed.</source>
      <translation>La cara está sobreexpuesta.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is seen from the side; use a picture in which the person looks towards you.</source>
      <translation>La cara se ve de lado; use una imagen en la que la persona le mire.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is small: {eyes_px:.0f} pixels from eye to eye, so the avatar looks soft.</source>
      <translation>La cara es pequeña: {eyes_px:.0f} píxeles de ojo a ojo, así que el avatar se ve poco nítido.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face is turned away by about {angle:.0f} degrees; its far side looks strange.</source>
      <translation>La cara está girada unos {angle:.0f} grados; su lado lejano se ve extraño.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face looks down a lot.</source>
      <translation>La cara mira mucho hacia abajo.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The face looks up a lot.</source>
      <translation>La cara mira mucho hacia arriba.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The head is tilted; the picture was turned by {angle:.0f} degrees.</source>
      <translation>La cabeza está inclinada; la imagen se giró {angle:.0f} grados.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The mouth is open, so closed lips have to be made up.</source>
      <translation>La boca está abierta, así que hay que inventar los labios cerrados.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The picture is animated; its first frame was taken.</source>
      <translation>La imagen es animada; se tomó el primer fotograma.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The picture shows {count} faces; number {number} from the left was taken.</source>
      <translation>La imagen muestra {count} caras; se tomó la número {number} desde la izquierda.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The shoulders are not in the picture and were made up.</source>
      <translation>Los hombros no están en la imagen y se inventaron.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>The top of the head is cut off and was made up.</source>
      <translation>La parte superior de la cabeza está cortada y se inventó.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a darker picture.</source>
      <translation>Use una imagen más oscura.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture in which the eyes are open.</source>
      <translation>Use una imagen en la que los ojos estén abiertos.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture in which the mouth is free.</source>
      <translation>Use una imagen en la que la boca esté libre.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture in which the person looks towards you.</source>
      <translation>Use una imagen en la que la persona le mire.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture taken at the height of the eyes.</source>
      <translation>Use una imagen tomada a la altura de los ojos.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture that shows the person down to the chest.</source>
      <translation>Use una imagen que muestre a la persona hasta el pecho.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture that shows the whole head.</source>
      <translation>Use una imagen que muestre toda la cabeza.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture with at least 80 pixels from eye to eye.</source>
      <translation>Use una imagen con al menos 80 píxeles de ojo a ojo.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture with light on the face.</source>
      <translation>Use una imagen con luz en la cara.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture with the head upright.</source>
      <translation>Use una imagen con la cabeza erguida.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture with the lips closed.</source>
      <translation>Use una imagen con los labios cerrados.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a picture without dark glasses.</source>
      <translation>Use una imagen sin gafas oscuras.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a sharper picture.</source>
      <translation>Use una imagen más nítida.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>Use a still picture.</source>
      <translation>Use una imagen fija.</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>lite, face not relit</source>
      <translation>ligero, rostro sin reiluminar</translation>
    </message>
    <message>
      <location filename="quality.py" />
      <source>lite, {rate} pictures a second</source>
      <translation>ligero, {rate} imágenes por segundo</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>A video file's name must end in one of {names}; {path} does not.</source>
      <translation>El nombre de un archivo de vídeo debe terminar en uno de {names}; {path} no lo hace.</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>There is no folder {parent}; create it first.</source>
      <translation>No existe la carpeta {parent}; créela primero.</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>{path} cannot be written ({reason}); choose another place.</source>
      <translation>No se puede escribir {path} ({reason}); elija otro lugar.</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>{path} could not be written ({reason}); check the disk's free space.</source>
      <translation>No se pudo escribir {path} ({reason}); compruebe el espacio libre del disco.</translation>
    </message>
    <message>
      <location filename="recorder.py" />
      <source>{path} is a folder; name a video file in it.</source>
      <translation>{path} es una carpeta; indique un archivo de vídeo dentro de ella.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>A step of the avatar failed.</source>
      <translation>Ha fallado un paso del avatar.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>The avatar is {title} now, because {first} failed; close programs that use the graphics card: from time to time it is tried again.</source>
      <translation>El avatar funciona ahora como {title}, porque {first} falló; cierre los programas que usan la tarjeta gráfica: de vez en cuando se vuelve a intentar.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>The graphics card stopped answering.</source>
      <translation>La tarjeta gráfica ha dejado de responder.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>The memory for the avatar ran out.</source>
      <translation>Se agotó la memoria para el avatar.</translation>
    </message>
    <message>
      <location filename="recovery.py" />
      <source>{reason} The last picture stands until it is mended.</source>
      <translation>{reason} La última imagen se mantiene hasta que se repare.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Once &amp;more</source>
      <translation>Otra &amp;vez</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Progress of the test</source>
      <translation>Progreso de la prueba</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Ready: go live, or try once more.</source>
      <translation>Listo: salga en directo o pruebe otra vez.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Recording begins in {seconds} …</source>
      <translation>La grabación empieza en {seconds} …</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Say a sentence or two and see yourself as the call will. Nothing is kept.</source>
      <translation>Diga una o dos frases y véase como le verá la llamada. No se guarda nada.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Speak now.</source>
      <translation>Hable ahora.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>Test</source>
      <translation>Prueba</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>This computer was too busy to draw; close other programs.</source>
      <translation>Este ordenador estaba demasiado ocupado para dibujar; cierre otros programas.</translation>
    </message>
    <message>
      <location filename="rehearsal_page.py" />
      <source>This is what the call sees and hears.</source>
      <translation>Esto es lo que ve y oye la llamada.</translation>
    </message>
    <message>
      <location filename="remote_control.py" />
      <source>On, for programs on this computer that have the token.</source>
      <translation>Encendido, para programas de este ordenador que tienen la clave.</translation>
    </message>
    <message>
      <location filename="remote_control.py" />
      <source>Port {port} is taken; choose another one.</source>
      <translation>El puerto {port} está ocupado; elija otro.</translation>
    </message>
    <message>
      <location filename="remote_control.py" />
      <source>Unavailable: the token cannot be kept ({reason}).</source>
      <translation>No disponible: no se puede guardar la clave ({reason}).</translation>
    </message>
    <message>
      <location filename="remote_control.py" />
      <source>Unavailable: {reason}.</source>
      <translation>No disponible: {reason}.</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>&amp;Allow programs that have the token</source>
      <translation>&amp;Permitir a los programas que tienen la clave</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>&amp;Copy</source>
      <translation>&amp;Copiar</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>&amp;New token</source>
      <translation>Clave &amp;nueva</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>&amp;Port</source>
      <translation>&amp;Puerto</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Address</source>
      <translation>Dirección</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Lets programs on this computer, like a Stream Deck or a script, start, mute and change the avatar. Nothing can be reached from outside. The messages are described in resources/remote_control.md.</source>
      <translation>Permite que programas de este ordenador, como un Stream Deck o un script, inicien, silencien y cambien el avatar. Desde fuera no se llega a nada. Los mensajes se describen en resources/remote_control.md.</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Port</source>
      <translation>Puerto</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Remote control</source>
      <translation>Control remoto</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Shuts out every program that has the old one</source>
      <translation>Deja fuera a todo programa que tiene la anterior</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Token</source>
      <translation>Clave</translation>
    </message>
    <message>
      <location filename="remote_dialog.py" />
      <source>Whether it works</source>
      <translation>Si funciona</translation>
    </message>
    <message>
      <location filename="saved_avatar.py" />
      <source>The avatar cannot be changed in {folder} ({reason}); free space or check the folder's permissions.</source>
      <translation>No se puede cambiar el avatar en {folder} ({reason}); libere espacio o compruebe los permisos de la carpeta.</translation>
    </message>
    <message>
      <location filename="saved_avatar.py" />
      <source>You have no avatar named {name!r}; your own: {known}.</source>
      <translation>No tiene ningún avatar llamado «{name}»; los suyos: {known}.</translation>
    </message>
    <message>
      <location filename="saved_avatar.py" />
      <source>{name!r} is an avatar of the gallery and stays.</source>
      <translation>«{name}» es un avatar de la galería y se queda.</translation>
    </message>
    <message>
      <location filename="session.py" />
      <source>There is no avatar in the gallery: the installation is incomplete.</source>
      <translation>No hay ningún avatar en la galería: la instalación está incompleta.</translation>
    </message>
    <message>
      <location filename="side_fill.py" />
      <source>The background picture {path} cannot be opened; check it.</source>
      <translation>No se puede abrir la imagen de fondo {path}; compruébela.</translation>
    </message>
    <message>
      <location filename="side_fill.py" />
      <source>{path} is not a picture; use a PNG or JPEG file as background.</source>
      <translation>{path} no es una imagen; use un archivo PNG o JPEG como fondo.</translation>
    </message>
    <message>
      <location filename="signature.py" />
      <source>The file could not be signed ({reason}).</source>
      <translation>No se pudo firmar el archivo ({reason}).</translation>
    </message>
    <message>
      <location filename="signature.py" />
      <source>The file could not be signed: its copy was not intact.</source>
      <translation>No se pudo firmar el archivo: su copia no estaba intacta.</translation>
    </message>
    <message>
      <location filename="signature.py" />
      <source>The file was replaced before it could be signed.</source>
      <translation>El archivo fue reemplazado antes de poder firmarlo.</translation>
    </message>
    <message>
      <location filename="signature.py" />
      <source>There is no place for a signature in {suffix} files.</source>
      <translation>En los archivos {suffix} no hay lugar para una firma.</translation>
    </message>
    <message>
      <location filename="signing_identity.py" />
      <source>The signing key {path} cannot be read ({reason}).</source>
      <translation>No se puede leer la clave de firma {path} ({reason}).</translation>
    </message>
    <message>
      <location filename="signing_identity.py" />
      <source>The signing key {path} cannot be written ({reason}).</source>
      <translation>No se puede escribir la clave de firma {path} ({reason}).</translation>
    </message>
    <message>
      <location filename="smoothness.py" />
      <source>Quick or smooth</source>
      <translation>Rápido o fluido</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>&amp;Quick</source>
      <translation>&amp;Rápido</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>A&amp;uto</source>
      <translation>A&amp;uto</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>As quick as this computer can be without stumbling</source>
      <translation>Tan rápido como puede este equipo sin tropezar</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>Quick answers your voice sooner; smooth hears more before the lips move and forgives a busy computer.</source>
      <translation>Rápido responde antes a su voz; fluido oye más antes de mover los labios y tolera un equipo ocupado.</translation>
    </message>
    <message>
      <location filename="smoothness_slider.py" />
      <source>Smooth</source>
      <translation>Fluido</translation>
    </message>
    <message>
      <location filename="source_opener.py" />
      <source>The sound system answers with a fault ({reason}).</source>
      <translation>El sistema de sonido responde con un fallo ({reason}).</translation>
    </message>
    <message>
      <location filename="speaker.py" />
      <source>No loudspeaker was found.</source>
      <translation>No se encontró ningún altavoz.</translation>
    </message>
    <message>
      <location filename="speaker.py" />
      <source>The loudspeaker went away.</source>
      <translation>El altavoz ya no está.</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Engine</source>
      <translation>Motor</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Live in this window</source>
      <translation>En directo en esta ventana</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Live on “{camera}”</source>
      <translation>En directo en «{camera}»</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Lost pictures</source>
      <translation>Imágenes perdidas</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Muted on “{camera}”</source>
      <translation>En silencio en «{camera}»</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Muted, in this window only</source>
      <translation>En silencio, solo en esta ventana</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Nothing leaves this computer: voice and picture are made here.</source>
      <translation>Nada sale de este equipo: la voz y la imagen se procesan aquí.</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Pictures that came late or were left out since Start</source>
      <translation>Imágenes tardías u omitidas desde el inicio</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Status</source>
      <translation>Estado</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Waiting for the first picture …</source>
      <translation>Esperando la primera imagen …</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>What computes, and which renderer draws</source>
      <translation>Qué calcula y con qué se dibuja</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>Where the picture goes, and how many a second reach it, of 30</source>
      <translation>Adónde va la imagen y cuántas llegan por segundo, de 30</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>full</source>
      <translation>completo</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>lite</source>
      <translation>ligero</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>{dropped} dropped, {late} late</source>
      <translation>{dropped} omitidas, {late} tardías</translation>
    </message>
    <message>
      <location filename="status_line.py" />
      <source>{fps} fps</source>
      <translation>{fps} fps</translation>
    </message>
    <message>
      <location filename="style.py" />
      <source>The title of a style must be 1 to 60 characters on one line.</source>
      <translation>El título de un estilo debe tener de 1 a 60 caracteres en una línea.</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>A lively face, slow hands</source>
      <translation>Cara expresiva, manos lentas</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>As most people talk</source>
      <translation>Como habla la mayoría</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Calm</source>
      <translation>Tranquilo</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Energetic</source>
      <translation>Enérgico</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Friendly</source>
      <translation>Amable</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Learnt from a clip</source>
      <translation>Aprendido de un vídeo</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Lively, with large gestures</source>
      <translation>Animado, con gestos amplios</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Natural</source>
      <translation>Natural</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Presenter</source>
      <translation>Ponente</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Quiet, looks aside</source>
      <translation>Callado, mira a un lado</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Serious</source>
      <translation>Serio</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Shy</source>
      <translation>Tímido</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Smiling and nodding</source>
      <translation>Sonríe y asiente</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Steady, without a smile</source>
      <translation>Sereno, sin sonreír</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Still, with small gestures</source>
      <translation>Quieto, con gestos pequeños</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Storyteller</source>
      <translation>Narrador</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Styles</source>
      <translation>Estilos</translation>
    </message>
    <message>
      <location filename="style_cards.py" />
      <source>Upright, with both hands</source>
      <translation>Erguido, con ambas manos</translation>
    </message>
    <message>
      <location filename="style_learning.py" />
      <source>Nothing moves in the clip; choose one in which somebody talks.</source>
      <translation>En el vídeo no se mueve nada; elija uno en el que alguien hable.</translation>
    </message>
    <message>
      <location filename="style_learning.py" />
      <source>Somebody speaks for only {speaking_s:.1f} s of the clip; a style needs {least_speaking_s:.0f} s or more.</source>
      <translation>En el vídeo solo se habla durante {speaking_s:.1f} s; un estilo necesita {least_speaking_s:.0f} s o más.</translation>
    </message>
    <message>
      <location filename="style_learning.py" />
      <source>The clip is {clip_s:.1f} s long; a style needs {shortest_s:.0f} s or more, better half a minute.</source>
      <translation>El vídeo dura {clip_s:.1f} s; un estilo necesita {shortest_s:.0f} s o más, mejor medio minuto.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>The style file {path} cannot be written: {reason}.</source>
      <translation>No se puede escribir el archivo de estilo {path}: {reason}.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>The style {name!r} cannot be removed: {reason}.</source>
      <translation>No se puede quitar el estilo «{name}»: {reason}.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>The style {name!r} is one that ships and stays; choose another name.</source>
      <translation>El estilo «{name}» viene incluido y se queda; elija otro nombre.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>The style {name!r} is one that ships; it cannot be removed.</source>
      <translation>El estilo «{name}» viene incluido; no se puede quitar.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>There is a style {name!r} already; choose another name or give --replace.</source>
      <translation>Ya hay un estilo «{name}»; elija otro nombre o indique --replace.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>There is no style named {name!r}; your own: {known}.</source>
      <translation>No hay ningún estilo llamado «{name}»; los suyos: {known}.</translation>
    </message>
    <message>
      <location filename="style_store.py" />
      <source>{name!r} cannot name a style; use up to 64 small letters a to z, digits, hyphens and underscores.</source>
      <translation>«{name}» no puede ser el nombre de un estilo; use hasta 64 letras minúsculas (de la a a la z), cifras, guiones y guiones bajos.</translation>
    </message>
    <message>
      <location filename="styles.py" />
      <source>&amp;Remove</source>
      <translation>&amp;Quitar</translation>
    </message>
    <message>
      <location filename="styles.py" />
      <source>Remove style</source>
      <translation>Quitar el estilo</translation>
    </message>
    <message>
      <location filename="styles.py" />
      <source>Remove the style {name}? Your clip is not touched.</source>
      <translation>¿Quitar el estilo {name}? Su vídeo no se toca.</translation>
    </message>
    <message>
      <location filename="styles.py" />
      <source>Style</source>
      <translation>Estilo</translation>
    </message>
    <message>
      <location filename="task.py" />
      <source>A fault of ours; the details are in {log}.</source>
      <translation>Un fallo nuestro; los detalles están en {log}.</translation>
    </message>
    <message>
      <location filename="torch_network.py" />
      <source>torch finds no CUDA device; choose the CPU or mend the driver.</source>
      <translation>torch no encuentra ningún dispositivo CUDA; elija la CPU o repare el controlador.</translation>
    </message>
    <message>
      <location filename="torch_painters.py" />
      <source>torch finds no CUDA device; use the lite renderer or mend the driver.</source>
      <translation>torch no encuentra ningún dispositivo CUDA; use el renderizador ligero o repare el controlador.</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>&amp;Mute</source>
      <translation>&amp;Silenciar</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>&amp;Quit</source>
      <translation>&amp;Salir</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>&amp;Start</source>
      <translation>I&amp;niciar</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>&amp;Stop</source>
      <translation>Dete&amp;ner</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>ChatAnyone goes on in the tray. Quit it from the menu of its icon.</source>
      <translation>ChatAnyone sigue en la bandeja. Ciérrelo desde el menú de su icono.</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>Show &amp;window</source>
      <translation>Mostrar la &amp;ventana</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>Show the &amp;card</source>
      <translation>Mostrar la &amp;tarjeta</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>The call sees a card in the place of the avatar</source>
      <translation>La llamada ve una tarjeta en lugar del avatar</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>live</source>
      <translation>en directo</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>muted</source>
      <translation>en silencio</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>starting</source>
      <translation>iniciando</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>stopped</source>
      <translation>detenido</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>stopping</source>
      <translation>deteniendo</translation>
    </message>
    <message>
      <location filename="tray.py" />
      <source>{state}, the card is shown</source>
      <translation>{state}, se muestra la tarjeta</translation>
    </message>
    <message>
      <location filename="verdict.py" />
      <source>The credentials of {name} are kept on the network; nothing is fetched.</source>
      <translation>Las credenciales de {name} están en la red; no se descarga nada.</translation>
    </message>
    <message>
      <location filename="verdict.py" />
      <source>{name} is damaged and cannot be read ({reason}).</source>
      <translation>{name} está dañado y no se puede leer ({reason}).</translation>
    </message>
    <message>
      <location filename="verdict.py" />
      <source>{path} cannot be read ({reason}).</source>
      <translation>No se puede leer {path} ({reason}).</translation>
    </message>
    <message>
      <location filename="video_file.py" />
      <source>There is no file {path}; check the name.</source>
      <translation>No existe el archivo {path}; compruebe el nombre.</translation>
    </message>
    <message>
      <location filename="video_file.py" />
      <source>{path} contains no video.</source>
      <translation>{path} no contiene vídeo.</translation>
    </message>
    <message>
      <location filename="video_file.py" />
      <source>{path} is not a video file that can be read.</source>
      <translation>{path} no es un archivo de vídeo que se pueda leer.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>No face is to be seen in {path} for a second or longer; choose a video that shows one person from the front.</source>
      <translation>En {path} no se ve ninguna cara durante un segundo o más; elija un vídeo que muestre a una persona de frente.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>The camera is cut {times} times; only the part from {from_s:.1f} s to {to_s:.1f} s was used.</source>
      <translation>El vídeo tiene {times} cortes; solo se usó la parte de {from_s:.1f} s a {to_s:.1f} s.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>The face is hidden in {hidden:.0%} of the frames.</source>
      <translation>La cara está oculta en el {hidden:.0%} de las imágenes.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>The face is small in the picture; lips and eyes are measured coarsely.</source>
      <translation>La cara es pequeña en la imagen; los labios y los ojos se miden de forma aproximada.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>There are several people; the one with the largest face was followed.</source>
      <translation>Hay varias personas; se siguió a la de la cara más grande.</translation>
    </message>
    <message>
      <location filename="video_track.py" />
      <source>{path} holds no frame that can be read; choose another video.</source>
      <translation>{path} no contiene ninguna imagen legible; elija otro vídeo.</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Label and view</source>
      <translation>Rótulo y vista</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Label “AI avatar” in the pictu&amp;re</source>
      <translation>&amp;Rótulo «AI avatar» en la imagen</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Lower left</source>
      <translation>Abajo a la izquierda</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Lower right</source>
      <translation>Abajo a la derecha</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>M&amp;irror the preview</source>
      <translation>&amp;Vista previa en espejo</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>P&amp;lace</source>
      <translation>&amp;Lugar</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Place of the label</source>
      <translation>Lugar del rótulo</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Show yourself as in a mirror. The camera never sends it mirrored.</source>
      <translation>Le muestra como en un espejo. La cámara nunca lo envía reflejado.</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Tells the people in your call that they see an avatar.</source>
      <translation>Dice a quienes están en la llamada que ven un avatar.</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Upper left</source>
      <translation>Arriba a la izquierda</translation>
    </message>
    <message>
      <location filename="view.py" />
      <source>Upper right</source>
      <translation>Arriba a la derecha</translation>
    </message>
    <message>
      <location filename="voice.py" />
      <source>Voice in the call</source>
      <translation>Voz en la llamada</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>&amp;Hold to talk</source>
      <translation>Mantener para &amp;hablar</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>&amp;Loudness</source>
      <translation>&amp;Volumen</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Automatic (virtual cable)</source>
      <translation>Automático (cable virtual)</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Hold this, or its key, down while you speak</source>
      <translation>Manténgalo pulsado, o su tecla, mientras habla</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>In your call choose “{name}” as the microphone. Your voice is heard {delay} ms late, like the lips.</source>
      <translation>Elija «{name}» como micrófono en su llamada. Su voz se oye con {delay} ms de retraso, como los labios.</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Loudness of the voice</source>
      <translation>Volumen de la voz</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Off: the call hears your own microphone, a little before the lips.</source>
      <translation>Desactivado: la llamada oye su propio micrófono, un poco antes que los labios.</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Output of the voice</source>
      <translation>Salida de la voz</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Pass my &amp;voice on, with the lips</source>
      <translation>Pasar mi vo&amp;z junto con los labios</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Plays your voice on a virtual microphone, as late as the picture, so that people in the call hear and see you together. Without it the call hears you a little before the lips move.</source>
      <translation>Reproduce su voz en un micrófono virtual, con el mismo retraso que la imagen, para que en la llamada se le oiga y vea a la vez. Sin ello se le oye un poco antes de que se muevan los labios.</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Push to &amp;talk</source>
      <translation>Pulsar para ha&amp;blar</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Starts together with the avatar.</source>
      <translation>Empieza junto con el avatar.</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>Status of the voice</source>
      <translation>Estado de la voz</translation>
    </message>
    <message>
      <location filename="voice_out_panel.py" />
      <source>You are heard, and the avatar speaks, only while you hold</source>
      <translation>Se le oye, y el avatar habla, solo mientras mantiene pulsado</translation>
    </message>
    <message>
      <location filename="voice_out_stream.py" />
      <source>There is no virtual cable; install VB-CABLE (Windows) or BlackHole (macOS), or name the output to use.</source>
      <translation>No hay ningún cable virtual; instale VB-CABLE (Windows) o BlackHole (macOS), o indique la salida que se usará.</translation>
    </message>
    <message>
      <location filename="voice_out_stream.py" />
      <source>{name} cannot be opened ({reason}); close programs that use it, or choose another output.</source>
      <translation>No se puede abrir {name} ({reason}); cierre los programas que lo usan o elija otra salida.</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>Drawing the picture</source>
      <translation>El dibujo de la imagen</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>Listening to your voice</source>
      <translation>La escucha de su voz</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>Moving the body</source>
      <translation>El movimiento del cuerpo</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>Moving the face</source>
      <translation>El movimiento de la cara</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>The camera driver</source>
      <translation>El controlador de la cámara</translation>
    </message>
    <message>
      <location filename="watchdog.py" />
      <source>{what} hangs; the last picture stands. Where it stays so, press Stop and Start.</source>
      <translation>{what} no responde; se mantiene la última imagen. Si sigue así, pulse Detener e Iniciar.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Choose a picture</source>
      <translation>Elegir una imagen</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Drop the picture to make an avatar of it.</source>
      <translation>Suelte la imagen para hacer un avatar con ella.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Ends the avatar</source>
      <translation>Termina el avatar</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Finish the recording (Ctrl+R)</source>
      <translation>Terminar la grabación (Ctrl+R)</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Keep this picture as others see it (Ctrl+S)</source>
      <translation>Guardar esta imagen como la ven los demás (Ctrl+S)</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Muted: your avatar hears nothing.</source>
      <translation>En silencio: su avatar no oye nada.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Press Start and talk.</source>
      <translation>Pulse Iniciar y hable.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Record</source>
      <translation>Grabar</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Record picture and sound (Ctrl+R)</source>
      <translation>Grabar imagen y sonido (Ctrl+R)</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Remove avatar</source>
      <translation>Quitar el avatar</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Remove the avatar {name}? Its files are deleted; your picture is not.</source>
      <translation>¿Quitar el avatar {name}? Se borran sus archivos, pero no su imagen.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Snapshot</source>
      <translation>Instantánea</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Stop recording</source>
      <translation>Terminar la grabación</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Stopping …</source>
      <translation>Deteniendo …</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>The avatar goes on living but hears nothing (Ctrl+M)</source>
      <translation>El avatar sigue vivo, pero no oye nada (Ctrl+M)</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>The call sees this card. Ctrl+D shows your avatar again.</source>
      <translation>La llamada ve esta tarjeta. Ctrl+D muestra de nuevo su avatar.</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Un&amp;mute</source>
      <translation>Activar &amp;sonido</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>Wakes the avatar up</source>
      <translation>Despierta al avatar</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>card</source>
      <translation>tarjeta</translation>
    </message>
    <message>
      <location filename="window.py" />
      <source>set-up</source>
      <translation>configuración</translation>
    </message>
    <message>
      <location filename="window_menu.py" />
      <source>&amp;ChatAnyone</source>
      <translation>&amp;ChatAnyone</translation>
    </message>
    <message>
      <location filename="window_menu.py" />
      <source>&amp;Keys for every program …</source>
      <translation>&amp;Teclas para todos los programas …</translation>
    </message>
    <message>
      <location filename="window_menu.py" />
      <source>&amp;Remote control …</source>
      <translation>&amp;Control remoto …</translation>
    </message>
    <message>
      <location filename="window_menu.py" />
      <source>Set &amp;up again …</source>
      <translation>&amp;Configurar de nuevo …</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>&amp;Back</source>
      <translation>&amp;Atrás</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>&amp;Go live</source>
      <translation>&amp;Salir en directo</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>&amp;Next</source>
      <translation>&amp;Siguiente</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>&amp;Skip the set-up</source>
      <translation>&amp;Omitir la configuración</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>Set up ChatAnyone</source>
      <translation>Configurar ChatAnyone</translation>
    </message>
    <message>
      <location filename="wizard.py" />
      <source>Step {step} of {steps}</source>
      <translation>Paso {step} de {steps}</translation>
    </message>
    <message>
      <location filename="worker.py" />
      <source>A fault of ours got in the way; the details are in {log}.</source>
      <translation>Se ha interpuesto un fallo nuestro; los detalles están en {log}.</translation>
    </message>
  </context>
</TS>
