-- A council's colours keep a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3): words on the band, and links on the page's ground.
-- The same sum as people/rules/colours.py. They name their search path, so that a restored dump finds them.
CREATE FUNCTION people_luminance(colour text) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
    SELECT sum(
        weight * CASE WHEN part <= 0.03928 THEN part / 12.92 ELSE power((part + 0.055) / 1.055, 2.4) END
    )
    FROM (
        VALUES
            (0.2126::double precision, get_byte(decode(substr(colour, 2), 'hex'), 0) / 255.0::double precision),
            (0.7152, get_byte(decode(substr(colour, 2), 'hex'), 1) / 255.0::double precision),
            (0.0722, get_byte(decode(substr(colour, 2), 'hex'), 2) / 255.0::double precision)
    ) AS parts (weight, part)
$$;

CREATE FUNCTION people_contrast(one text, other text) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public AS $$
    SELECT (greatest(a, b) + 0.05) / (least(a, b) + 0.05)
    FROM (SELECT public.people_luminance(one), public.people_luminance(other)) AS both_of_them (a, b)
$$;

ALTER TABLE people_brand ADD CONSTRAINT people_brand_words_can_be_read_on_the_band
CHECK (people_contrast(band_text_colour, band_colour) >= 4.5);

ALTER TABLE people_brand ADD CONSTRAINT people_brand_links_can_be_read_on_the_page
CHECK (people_contrast(accent_colour, '#f4ecdf') >= 4.5);
