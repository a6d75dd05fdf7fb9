using System.Numerics;

namespace Candeia.Tests;

public class PrintingTests
{
    /// <summary>Long ones are cut, wide ones begin a block on a line of its own, and columns with −200 or ∞ are as wide as these: libtorch lets them stick out.</summary>
    static readonly string[] s_different = ["wide", "integers", "whole_inf", "cube", "four"];    // and we count matrices from 0

    [Fact]
    public void Values_are_written_as_torch_does()
    {
        var cases = Golden.Open("printing").Of("print").Where(c => c["input0"].Tensor.Numel <= 100 && !s_different.Contains(c.Label)).ToArray();
        Assert.True(cases.Length > 20);
        Assert.All(cases, c => Assert.Equal(WithoutLast(c.Text("cpp")!), WithoutLast(c["input0"].Tensor.ToString())));
    }

    static string WithoutLast(string text) => text[..text.LastIndexOf("[ ", StringComparison.Ordinal)];

    [Theory]
    [InlineData("[ float32 [2, 1] ]")]
    public void The_last_line_names_type_and_shape(string last) => Assert.EndsWith(last, Tensor.Zeros([2, 1]).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Long_tensors_are_cut_and_counted()
    {
        string[] lines = Tensor.Arange(1200).ToString().Split('\n');
        Assert.Equal(["   29", "... [1170 more values]", "[ int64 [1200] ]"], lines[^3..]);
        Assert.Equal(32, Tensor.Zeros([8, 12, 12]).ToString().Split('\n').Length);
    }

    [Fact]
    public void Whole_numbers_are_written_with_all_their_digits() =>
        Assert.Equal(" 9007199254740993\n                1\n[ int64 [2] ]", Tensor.From([(1L << 53) + 1, 1]).ToString());

    [Fact]
    public void Complex_numbers_are_written_with_a_j()
    {
        Assert.Equal(" 1.5000+2.0000j\n-3.0000-0.5000j\n[ complex128 [2] ]", Tensor.From([new Complex(1.5, 2), new Complex(-3, -0.5)]).ToString());
        Assert.Equal("1+2j\n[ complex64 [] ]", Tensor.Scalar(new Complex(1, 2), DType.Complex64).ToString());
        Assert.EndsWith("[ bfloat16 [1] ]", Tensor.Ones([1], DType.BFloat16).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Matrices_are_counted_from_zero() => Assert.Equal("(0,.,.) = \n  0  1\n\n(1,.,.) = \n  2  3\n[ float32 [2, 1, 2] ]", Tensor.Arange(0, 4, dtype: DType.Float32).Reshape(2, 1, 2).ToString());

    [Fact]
    public void Wide_matrices_are_written_in_blocks_of_columns()
    {
        string text = Tensor.Arange(0, 60, dtype: DType.Float32).Reshape(2, 30).ToString();
        Assert.Contains("Columns 0 to 19\n", text, StringComparison.Ordinal);
        Assert.Contains("Columns 20 to 29\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void History_is_named()
    {
        var x = Tensor.Ones([1]);
        x.RequiresGrad = true;
        Assert.EndsWith("[ float32 [1] requires grad ]", x.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("[ float32 [1] from Add ]", (x + 1).ToString(), StringComparison.Ordinal);
    }
}
