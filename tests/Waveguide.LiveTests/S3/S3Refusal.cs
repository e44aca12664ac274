namespace Waveguide.LiveTests.S3;

/// <summary>How S3 says no.</summary>
internal sealed record S3Refusal(int Status, string Code, string Message = "");
