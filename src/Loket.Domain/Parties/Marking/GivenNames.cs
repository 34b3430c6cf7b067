namespace Loket.Domain.Parties.Marking;

/// <summary>Given names common in the Netherlands, over all ages and origins. Not complete, and need not be.</summary>
internal static class GivenNames
{
    /// <summary>Names that open a sentence as ordinary words: there they count only before a surname.</summary>
    public static readonly WordList AlsoWords = new(
        """
        Ab Ad Al Amber An Ans April August Bas Beau Bel Ben Bo Cas Cor Dean Dick Dien Door Elke Els Ernst Faith Fleur Flip Floor Frank Frans Ger Gon Grace
        Harm Hein Hoop Hope Ine Iris Jade Jasmijn Jean Job Joy Kas Kick Ko Leen Lente Lie Lies Lieve Linde Lot Mara Mare Mark Mart Max May Mees Mei Merel Mila
        Noël Nova Olive Per Pim Puck Rein Ries Roman Ron Roos Ros Rosa Rose Sem Sil Stan Ster Sterre Storm Summer Ties Ton Toon Trees Viola Wijs Wil Will
        """);

    /// <summary>Of these, what is an ordinary word or a language inside a sentence too: they count only after a cue or before a surname.</summary>
    public static readonly WordList OnlyAfterCue = new("Frans Mei April August May Will Noël Per");

    public static readonly WordList All = new(
        """
        Aad Aafke Aart Aartje Abdel Abdelkader Abdellah Abdul Abdullah Abel Abraham Achmed Ada Adam Adèle Adil Adri Adriaan
        Adriana Adrianus Afke Agatha Agnes Agnieszka Ahmad Ahmed Ahmet Aisha Albert Alberta Albertus Alejandro Alex Alexander
        Alexandra Alicia Alida Alina Alma Alwin Amal Amalia Amanda Amber Amina Amir Amira Amy Ana Anass Andrea Andreas Andrej
        Andries André Andrzej Angela Angelique Anita Anja Anke Anna Annabel Anne Anneke Annelies Annemarie Annemieke Annet
        Annette Annie Annika Anouar Anouk Ans Antje Antoinette Anton Antonia Antonius Antoon Appie Arend Arie Arjan Arjen
        Armand Arnold Arnoud Arthur Artur Ashley Asma Astrid Atie August Augustinus Aya Aylin Ayoub Ayse Aziz Aziza Bart Barbara
        Bartholomeus Bastiaan Beata Beatrix Bea Belinda Benjamin Benny Bente Berend Bernadette Bernard Bernardus Bert Berta
        Bertje Betsy Bettie Betty Bianca Bilal Birgit Bjorn Björn Boris Bouchra Boudewijn Brahim Bram Brenda Brent Brigitte
        Bruno Burak Calvin Carel Carin Carina Carla Carlijn Carlo Carlos Carmen Carola Carolien Carolina Caroline Casper
        Catharina Cathy Catrien Cees Celine Cemal Chaima Chantal Charles Charlotte Chris Christa Christel Christiaan Christian
        Christien Christina Christine Christoffel Christophe Cindy Claire Clara Claudia Clemens Coby Coen Colette Conny Cor
        Corinne Corrie Cornelia Cornelis Cynthia Daan Daisy Damian Daniel Daniëlle Danny Danique Daphne Dave David Debbie
        Debora Denise Dennis Desiree Desirée Dewi Diana Dick Diederik Dieuwertje Dilara Dimitri Dina Dineke Dinie Dirk Dirkje
        Dolf Dominique Donna Dora Dorien Doris Dorothea Douwe Driss Duco Dylan Ebru Eddy Edgar Edith Edo Eduard Edward Edwin
        Eefje Eelco Egbert Ellen Eline Elisabeth Elise Eliza Elizabeth Elke Ella Elles Ellie Elly Elsa Elvira Emiel Emil
        Emilie Emily Emine Emma Emmy Engelbert Engelien Eric Erica Erik Erika Erna Ernst Erwin Esmee Esmée Esra Esther Eugene Eva
        Eveline Evelien Evelyn Everdina Evert Ewa Ewout Fabian Fadime Farah Farid Farida Fatih Fatiha Fatima Fatma Fay Feike
        Felix Femke Fenna Ferdi Ferdinand Ferry Finn Flip Floortje Florian Floris Fons Fouad Frank Frans Franciscus Francien
        Francisca Franka Frans Fransje Fred Frederik Freek Frits Froukje Gabriel Gabriela Gea Geert Geertje Geertruida Geke
        Gemma George Gerard Gerarda Gerardus Gerben Gerda Gerrie Gerrit Gerritje Gert Gertjan Gertrude Gerry Gezina Giel Gijs
        Gijsbert Gina Giovanni Gisela Giulia Glenn Gonnie Govert Grace Greet Greetje Gregor Greta Grietje Guido Gulsen Gustaaf
        Guus Hakan Halima Hamid Hamza Hanan Hanneke Hannah Hanna Hannie Hanny Hans Harald Harm Harmen Harold Harriet Harrie
        Harry Hasan Hassan Hatice Hayat Hedwig Heidi Heleen Helen Helena Helga Helma Hendrik Hendrika Hendrikus Hennie Henny Henk Henri
        Henriëtte Henry Herbert Herman Hermanus Hermien Hermina Hester Hetty Hicham Hidde Hilda Hilde Hillegonda Houda Hubert
        Hubertus Hussein Hüseyin Huub Ian Ibrahim Ibtissam Ida Ielse Ignatius Igor Ikram Ilona Ilse Imane Imke Imran Ina
        Ineke Inge Ingeborg Ingrid Irene Irina Irma Isaac Isabel Isabella Ismael Ismail Ivan Ivo Ivonne Iwan Jaap Jack Jacob
        Jacoba Jacobus Jacqueline Jacques Jael Jake Jamal James Jamie Jamila Jan Jana Janette Janine Janna Janneke Jannes Jannie Janny
        Janny Janus Janusz Jantje Jaro Jaroslaw Jasper Jason Jayden Jean Jeanet Jeanette Jeanine Jeanne Jef Jeffrey Jelle
        Jelmer Jenneke Jennifer Jenny Jens Jeremy Jeroen Jerry Jesse Jessica Jessie Jikke Jill Jim Jimmy Jo Joan Joanna
        Joannes Jochem Joep Joey Johan Johanna Johannes John Johnny Joke Jolanda Jolande Jolien Jonas Jonathan Joop Joost Jordy
        Joris Jorrit Jos José Josef Josefien Joseph Josephine Josine Joshua Josina Joyce Juan Judith Judy Jules Julia Julian
        Juliana Julie Juliëtte Julius Jurgen Jurriaan Justin Justyna Kamal Karel Karen Karim Karima Karin Karina Karl Karlijn Karsten
        Kasper Katarzyna Katharina Katrien Kathleen Katja Kees Kelly Kemal Kenneth Kevin Khadija Khalid Kirsten Klaartje Klaas
        Klaske Koen Koenraad Kor Koos Kornelis Krijn Krista Kristel Krystyna Krzysztof Kyra Lambert Lambertus Lara Lars Laura
        Laurens Laurent Layla Leah Leen Leendert Lena Lenie Lennard Lennart Leny Leo Leon Leona Leonie Leonard Leonardus Leontien
        Levi Lia Liam Lianne Lidia Liduina Lidwien Lies Liesbeth Lieke Lilian Liliane Lina Linda Lisa Lisanne Lisette Lizzy
        Lodewijk Loek Loes Lois Lotte Louis Louisa Louise Lourens Luc Luca Lucas Lucia Lucie Lucy Ludo Ludwig Luigi Luka Lukas Luuk
        Lydia Lynn Maaike Maarten Maartje Machiel Machteld Magda Magdalena Maikel Malgorzata Malika Manfred Manon Manuel Marc
        Marcel Marco Marga Margaretha Margot Margreet Margriet Maria Mariam Marian Marianne Mariëlle Marie Marieke Marije Marijke
        Marika Marina Marinus Mario Marion Marjan Marjolein Marjolijn Marja Marleen Marlies Marlous Marloes Marlon Marnix Marta Martha Martijn
        Martin Martina Martine Martinus Marwan Mary Maryam Matheus Mathijs Mathilde Mats Matthias Mattheus Matthew Matthijs Maud Maureen
        Maurice Maurits Maurice Maxim Maxime Mehmet Meike Melanie Melissa Melle Melvin Menno Mercedes Meryem Michael Michaël Michal
        Michel Michelle Michiel Mieke Miep Mies Miguel Mika Mike Milan Milena Milou Mina Minke Miranda Miriam Mirjam Mirte Mirthe
        Mitchell Moniek Mohamed Mohammad Mohammed Mohamud Mohsin Monica Monika Monique Mounir Mourad Muhammed Murat Mustafa Myriam Myrthe
        Nabil Nadia Nadine Najat Najib Nancy Naomi Natalia Natalie Natasha Natasja Nathalie Nathan Nawal Neeltje Nelleke Nelly Nicolaas
        Nicolas Nicole Nicolien Niek Niels Nienke Nikki Nina Noah Noël Noëlle Noor Noortje Nora Norbert Norman Nynke Olaf Olga Oliver Olivia Olivier
        Omar Onno Orlando Oscar Osman Otto Ouassim Pascal Pascalle Patricia Patrick Patrycja Paul Paula Paulien Pauline Paulus Pawel
        Peggy Pepijn Peter Petra Petronella Petrus Philip Philippe Pieter Pieternella Pieternel Pietje Pietertje Piotr Priscilla
        Quentin Quinten Rabia Rachel Rachid Rachida Rafael Raimond Ralf Ralph Ramon Ramona Randy Rashid Raymond Rebecca Regina Regien Reina
        Reinder Reinier Reinoud Rembrandt Remco Renate Renata René Renée Renske Ria Riccardo Richard Rick Riet Rinus Rien Rita Rinke
        Rinske Rob Robbert Robert Roberto Robin Rocco Rodney Roderick Roelof Roger Rogier Roland Rolf Roman Romy Ronald Ronnie Ronny Rosalie Rosanne Rose
        Rosemarie Rowan Roxanne Roy Ruben Rudolf Rudy Rutger Ruud Ryan Saïd Saida Salah Salim Salima Salma Samantha Samir Samira Samuel Sandra Sander Sanne
        Sarah Saskia Sebastiaan Sebastian Selma Serge Sergei Serkan Sharon Sheila Shirley Siegfried Sietske Sigrid Sijtske Silvia Simon Simone
        Simona Sjaak Sjaan Sjef Sjoerd Sjors Sofia Sofie Soraya Sonja Sophia Sophie Souad Stefan Stefanie Stephan Stephanie Steven Stijn Sunita Susan
        Susanna Susanne Suzan Suzanne Sven Svetlana Swen Sybren Sylvia Sylvester Tamara Tania Tanja Tara Tatiana Teresa Teunis Teuntje Thea Theo Theodora
        Theodorus Theresia Thérèse Thijs Thom Thomas Tiemen Tijmen Tijn Tineke Tiny Titia Tjeerd Tobias Tomasz Toos Trees Trijntje Trudy Truus Tycho Ulrike Ursula
        Valentina Valerie Vanessa Vasile Veronica Veronique Vincent Viola Virginie Vivian Wanda Walter Wendy Werner Wesley Wiebe Wietske Wilfred Wilhelmina
        Wilhelmus Willem Willemien Willemijn Willie Willy Wilma Wouter Wessel Wladyslaw Xander Yasin Yasmin Yasmina Yassin Yassine Youssef Ynske Yolanda Yusuf Yvette Yvonne
        Zainab Zakaria Zara Zeynep Zoë Zohra Zofia
        Ali Bo Cas Cok Daan Dook Eva Hans Hein Hugo Iris Ivy Jan Jet Jip Job Juul Kai Kas Kay Kees Kim Ko Lex Lia Lily Lot Luna Mark Mart Max Mees Merel Mia Mick
        Moos Nel Nick Nico Noa Nova Pien Piet Pim Puck Ravi Rens Ria Rik Roel Ron Roos Rosa Ruth Saar Sam Sara Sem Senna Sep Siem Sien Sil Stan Stella Sterre Storm
        Ties Tim Tina Tom Ton Toon Vera Victor Victoria Wil Wim Wout Bas Ben Beau Bert Ad Ab An Ans Els Faith Fien Fleur Floor Fred Frans Ger Gon Grace Hope Ine
        Isa Isis Jade Jasmijn Joke Joy Kick Leen Lieve Linde Loes Lies Mara Mare Mei Mila Rein Rudi Dean April May August Will
        Babette Cokkie Eloise Giuseppe Jeannette Lucien Mientje Paolo Pietro Sherida Valentijn
        Bep Corrie Dien Dirkje Fokke Fietje Gerdien Gré Hielke Hiltje Ietje Jannetje Jacomina Klasina Leentje Maartje Marrigje
        Nelie Oebele Popke Rienk Roelofje Sipke Siebe Taeke Tjitske Wopke Wytze Ype Zwaantje
        Anwar Arjun Asha Deepak Indra Kamla Krishna Mohan Radha Rajesh Roshni Sanjay Shanti Usha Vijay
        Bogdan Cristina Dorota Elzbieta Ewelina Grzegorz Ivana Jadwiga Kamil Kasia Lukasz Marcin Mariusz Marzena Mateusz Oksana Olena
        Pavel Rafal Radoslaw Slawomir Stanislaw Tetiana Volodymyr Wojciech Zbigniew Zdenka
        Abebe Amanuel Berhane Eyob Filmon Haben Kidane Selam Tesfay Yonas Abdirahman Ayaan Hodan Ifrah Nasra Warsame
        """);
}
