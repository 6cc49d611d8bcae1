// Unpacks the browser, and the libraries that it needs where the system has none; says where it is.
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x"; // the name of such a system
const { default: chromium } = await import("@sparticuz/chromium");
console.log(await chromium.executablePath());
