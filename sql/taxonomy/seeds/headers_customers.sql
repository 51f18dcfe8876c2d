-- Headers of customer files.
select app.seed_header_synonyms('customers', $$
  external_id 1.0: external id, customer id, customer number, customer no, customer nr, customer ref, customer code,
    account number, account no, account id,
    client number, client no, client code, member no, member number, membership number, patient number, patient no, mrn,
    medical record number, subject id, person id, contact id, crm id, customerid, userid, code client, no client,
    reference client, codigo cliente, codigo de cliente, id del cliente, cliente id, n cliente, kunden id, kundencode,
    mitgliedsnummer, mitglieds nr, patienten id, patientennummer, numero patient, id patient, numero d adherent,
    customer external id, client id, patient id, member id, user id,
    numero client, id client, id cliente, numero de cliente, kundennummer, kunden nr, kundennr, codice cliente,
    id paziente, codice paziente, klantnummer, klant id, klantcode, patientnummer, codigo do cliente, numero do cliente,
    record id
  external_id 0.8: id, code, ref, reference, codigo
  full_name 1.0: full name, fullname, customer name, client name, patient name, member name, nom complet,
    nombre completo, vollstandiger name, nombre y apellidos, nom et prenom, nom prenom, vor und nachname,
    first and last name, name and surname, contact name, display name, person, recipient name, nome completo,
    nome e cognome, nominativo, volledige naam, nome do cliente
  full_name 0.8: name, customer, client, nom, nombre, nome, naam
  first_name 1.0: first name, firstname, given name, forename, prenom, nombre de pila, vorname, first, fname, voornaam,
    nome proprio, primeiro nome
  last_name 1.0: last name, lastname, surname, family name, nom de famille, apellido, apellidos, nachname, familienname,
    last, lname, cognome, achternaam, apelido, sobrenome, ultimo nome
  email 1.0: email, e mail, email address, mail, courriel, adresse email, correo, correo electronico, e mail adresse,
    e mail address, emailaddress, email id, primary email, contact email, customer email, work email, indirizzo email,
    indirizzo e mail, posta elettronica, e mailadres, emailadres, endereco de email, correio eletronico,
    direccion de correo electronico, direccion de correo, adresse e mail, adresse mail, adresse courriel
  phone 1.0: phone, phone number, telephone, mobile, mobile phone, cell, cell phone, tel, telefono, movil, telefon,
    handy, numero de telephone, mobile number, mobile no, phone no, telephone number, contact number, primary phone,
    cell number, default address phone, cellulare, numero di telefono, telefoon, telefoonnummer, mobiel, mobiele nummer,
    telemovel, celular, portable, numero de telefono, telefonnummer, handynummer, mobilnummer
  dob 1.0: dob, date of birth, birth date, birthdate, birthday, d o b, born, born on
  dob 0.95 ["date_iso", "date_dmy"]: date de naissance, naissance, ne le, nee le, fecha de nacimiento, fecha nacimiento,
    nacimiento, geburtsdatum, geburtstag, geb datum, geboren am, data di nascita, geboortedatum, data de nascimento
  age 1.0: age, age years, edad, alter, eta, leeftijd, idade
  gender 1.0: gender, sex, genre, sexe, genero, sexo, geschlecht, genere, sesso, geslacht, genero sexo
  location 1.0: location, address, adresse, direccion, ubicacion, anschrift
  city 1.0: city, town, ville, ciudad, stadt, ort, mailing city, default address city, citta, comune, plaats,
    woonplaats, cidade, localidade
  region 1.0: state, region, province, county, estado, provincia, bundesland, departement, state region, state province,
    mailing state, mailing state province, regione, provincie, estado provincia, default address province code
  postal_code 1.0: postal code, zip, zip code, zipcode, postcode, code postal, codigo postal, plz, postleitzahl,
    zip postal code, mailing zip, mailing postal code, mailing zip postal code, default address zip, cap,
    codice postale
  country 1.0: country, country code, pays, pais, land, country region, mailing country, default address country code,
    paese, nazione
  custom_tags 1.0: custom tags, tags, segments, segment, groups, etiquettes, etiquetas
  height_cm 1.0: height cm, taille cm, altura cm, grosse cm, size cm, height in cm, height centimeters,
    height centimetres, altezza cm, lengte cm, lichaamslengte cm
  height_cm 0.9 ["body_height"]: height, taille, altura, estatura, grosse, korpergrosse, altezza, statura, lengte,
    lichaamslengte
  height_cm 0.95 ["in_to_cm"]: height in, height inches
  height_cm 0.95 ["ftin_to_cm"]: height ft in, height feet inches, height ft
  height_cm 0.95 ["m_to_cm"]: height m, taille m, altura m
  weight_kg 1.0: weight kg, poids kg, peso kg, gewicht kg, weight in kg, weight kgs, weight kilograms, gewicht in kg
  weight_kg 0.9: weight, poids, peso, gewicht, body weight, lichaamsgewicht, korpergewicht, massa corporea,
    peso corporeo, peso corporal, poids corporel
  weight_kg 0.95 ["lb_to_kg"]: weight lb, weight lbs, weight pounds, weight in pounds, weight in lbs
  activity_level 1.0: activity level, activity, physical activity, niveau d activite, activite physique,
    nivel de actividad, actividad, aktivitatslevel, aktivitat, livello di attivita, attivita fisica, attivita,
    activiteitsniveau, activiteit, nivel de atividade, atividade fisica
  conditions 1.0: conditions, condition, health conditions, medical conditions, diagnoses, diagnosis, pathologies,
    maladies, enfermedades, condiciones, erkrankungen, health condition, medical condition, medical history,
    chronic conditions, patologie, patologia, condizioni mediche, aandoeningen, aandoening, diagnosi, diagnose,
    diagnosen, doencas
  diet_goals 1.0: diet goals, goals, goal, diet, objectifs, objetivos, ziele, dietary preferences, obiettivi, dieta,
    dieet, doelen, objetivos alimentares, regime alimentaire, regime, ernahrungsziele, ernahrungsform, diet goal,
    dietary goals, dietary goal, dietary preference, dietary restrictions, diet type, diet preference, diet preferences,
    objectif, objectif nutritionnel, objetivo, ziel, ernahrung, ernahrungsweise, obiettivo, doel, dietas
  health_consent 1.0: health consent, health data consent, consent health data, consent, hipaa consent,
    consent to health data, einwilligung, consentement, consentimiento, consenso, consenso dati sanitari,
    consenso al trattamento dei dati sanitari, toestemming, toestemming gezondheidsgegevens, consentimento
  avoid_allergens 1.0: avoid allergens, allergies, allergens, allergy, food allergies, allergenes, alergias, alergenos,
    allergien, food allergy, known allergies, allergens to avoid, allergeni, allergie, allergieen, allergenen,
    alergenios, intolerances, food intolerances, intolerances alimentaires, allergies alimentaires,
    alergias alimentarias, lebensmittelallergien, intolleranze, allergies intolerances, allergies and intolerances,
    allergen list, allergies alimentaires connues, unvertraglichkeiten, nahrungsmittelallergien
$$);
