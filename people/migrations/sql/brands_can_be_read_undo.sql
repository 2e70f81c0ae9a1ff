ALTER TABLE people_brand DROP CONSTRAINT people_brand_links_can_be_read_on_the_page;
ALTER TABLE people_brand DROP CONSTRAINT people_brand_words_can_be_read_on_the_band;
DROP FUNCTION people_contrast(text, text);
DROP FUNCTION people_luminance(text);
