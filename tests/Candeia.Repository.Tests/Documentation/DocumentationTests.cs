namespace Candeia.Repository.Tests;

/// <summary>The documentation of what users call says what each parameter is, shows how a function is called, and names what is thrown.</summary>
public class DocumentationTests
{
    [Fact]
    public void Every_tensor_function_explains_its_parameters() => Nothing("says nothing of", Unexplained(Documented.Functions));

    [Fact]
    public void Every_tensor_function_has_an_example() => Nothing("has no <example>",
        from function in Documented.Functions.GroupBy(f => f.Name) where !function.Any(f => f.HasExample) select function.Key);

    [Fact]
    public void Every_module_optimizer_and_schedule_explains_its_parameters() => Nothing("says nothing of", Unexplained(Documented.Constructors));

    [Fact]
    public void Every_tensor_function_that_throws_says_so() => Nothing("throws and has no <exception>", Source.SilentThrowers());

    static IEnumerable<string> Unexplained(IEnumerable<Documented> members) =>
        from member in members
        from parameter in member.Unexplained
        select $"{member}: {parameter}";

    static void Nothing(string what, IEnumerable<string> found)
    {
        string[] lines = [.. found.Order(StringComparer.Ordinal)];
        Assert.True(lines.Length == 0, $"{lines.Length} times the documentation {what}:\n{string.Join('\n', lines)}");
    }
}
