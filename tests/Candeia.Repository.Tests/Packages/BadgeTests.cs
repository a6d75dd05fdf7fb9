using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Candeia.Repository.Tests;

/// <summary>What the badges of the readme say is what the projects say.</summary>
public class BadgeTests
{
    [Fact]
    public void Badges_are_true()
    {
        var properties = XDocument.Parse(Checkout.Read("Directory.Build.props")).Descendants("PropertyGroup").Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        string framework = Regex.Match(properties["TargetFramework"], @"^net(\d+)\.0$").Groups[1].Value;
        var badges = Regex.Matches(Checkout.Read("README.md"), @"^\[!\[([^\]]+)\]\(https://img\.shields\.io/badge/([^-]+)-([^-]+)-[0-9A-F]{6}\)\]\(([^)]+)\)$", RegexOptions.Multiline);
        Assert.Equal([(".NET", framework), ("version", properties["Version"]), ("licence", properties["PackageLicenseExpression"])],
            badges.Select(b => (b.Groups[2].Value, b.Groups[3].Value)));
        Assert.All(badges, b => Assert.True(File.Exists(Path.Combine(Checkout.Root, b.Groups[4].Value)), b.Value));
        Assert.All(badges, b => Assert.Equal($"{b.Groups[2].Value} {b.Groups[3].Value}", b.Groups[1].Value, ignoreCase: true));
    }
}
