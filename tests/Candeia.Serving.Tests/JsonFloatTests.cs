using System.Globalization;
using System.Text;

namespace Candeia.Serving.Tests;

public class JsonFloatTests
{
    static void Same(string text)
    {
        int length = JsonFloat.Read(Encoding.ASCII.GetBytes(text + ",1"), out float value);
        float expected = float.Parse(text, CultureInfo.InvariantCulture);
        Assert.True(length == text.Length && BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(value), $"{text}: {value} of {length} signs");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("0.0000000000000000000000000000000000000000000001")]
    [InlineData("1e-45")]
    [InlineData("7.006492321624085e-46")]                                    // half of the smallest
    [InlineData("1.1754942e-38")]
    [InlineData("3.4028235e38")]
    [InlineData("16777217")]                                                 // in the middle of two floats
    [InlineData("16777217.0000000000000001")]                                // and a little above, which a double does not see
    [InlineData("16777216.9999999999999999")]
    [InlineData("33554435e0")]
    [InlineData("9007199254740993")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1E+5")]
    [InlineData("2.5e-3")]
    [InlineData("1.00000005960464477540")]
    [InlineData("0.1")]
    public void A_number_is_rounded_once(string text) => Same(text);

    [Fact]
    public void Random_numbers_have_the_bits_of_the_runtime()
    {
        var random = new Generator(5);
        for (int i = 0; i < 200_000; i++)
        {
            float any = BitConverter.Int32BitsToSingle((int)random.NextInt(int.MaxValue) * (i % 2 == 0 ? 1 : -1));
            if (float.IsFinite(any)) Same(any.ToString("R", CultureInfo.InvariantCulture));
            double number = random.NextNormal() * Math.Pow(10, i % 12 - 6);
            Same(number.ToString(i % 3 == 0 ? "R" : i % 3 == 1 ? "F6" : "E4", CultureInfo.InvariantCulture));
            // Close to the middle of two floats, where rounding twice would go wrong.
            float low = (float)Math.Abs(number);
            double middle = ((double)low + MathF.BitIncrement(low)) / 2;
            Same(middle.ToString("F25", CultureInfo.InvariantCulture));
            Same(Math.BitIncrement(middle).ToString("R", CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("-")]
    [InlineData("x")]
    [InlineData("")]
    public void What_is_none_is_none(string text) => Assert.Equal(0, JsonFloat.Read(Encoding.ASCII.GetBytes(text), out _));
}
