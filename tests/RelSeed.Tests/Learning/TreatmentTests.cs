using RelSeed.Learning.Treatments;

namespace RelSeed.Tests.Learning;

public sealed class TreatmentTests
{
    [Theory]
    [InlineData("an e-mail address", "ann@example.com", "b.o+b@mail.example.org")]
    [InlineData("an URL", "https://example.org/a", "www.example.com")]
    [InlineData("a phone number", "+49 30 1234567", "(555) 123-4567")]
    [InlineData("a card number", "4111 1111 1111 1111", "5500-0000-0000-0004")]
    [InlineData("an IBAN", "DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819")]
    [InlineData("an UUID", "123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000001")]
    [InlineData("an IP address", "10.1.2.3", "192.168.0.1")]
    [InlineData("a person's name", "James Smith", "Mary Jones")]
    public void Personal_values_are_known(string what, params string[] texts) => Assert.Equal(what, ValueRecogniser.Recognise(texts));

    [Theory, InlineData("2024-01-31"), InlineData("1234567"), InlineData("Bachelors"), InlineData("4111 1111 1111 1112"), InlineData("A-12"),
        InlineData("10.5")]
    public void Other_values_are_not(string text) => Assert.Null(ValueRecogniser.Recognise([text]));

    [Theory, InlineData("ABC-1234", "A3-94"), InlineData("x", "a"), InlineData("Ab 1", "Aa 9"), InlineData("", ""), InlineData("a--b", "a--a")]
    public void Forms_tell_runs_of_classes(string text, string form) => Assert.Equal(form, TextForms.FormOf(text));
}
