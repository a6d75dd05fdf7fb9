namespace Candeia.Tests;

public partial class RefusalTests
{
    static Dictionary<string, Func<object?>> Derivatives => new()
    {
        ["item, several"] = () => (Tensor)F(2).Item(),
        ["item, nothing"] = () => (Tensor)F(0).Item(),
        ["bool, several"] = () => (Tensor)(bool)F(2),
        ["int, several"] = () => (Tensor)(int)F(2),
        ["requires_grad, whole numbers"] = () => Leaf(I(2)),
        ["backward, several values"] = () => Back(Leaf(F(2)).Exp()),
        ["backward, no derivative recorded"] = () => Back(F()),
        ["backward, twice"] = () => Twice(),
        ["write, a leaf"] = () => Write(Leaf(F(2))),
        ["write, shapes"] = () => F(2).CopyFrom(F(3)),
        ["write, an overlap"] = () => Write(F(1).Expand(3)),
        ["gradient, shape"] = () => Leaf(F(2)).Grad = F(3),
        ["gradient, type"] = () => Leaf(F(2)).Grad = D(2),
    };
}
